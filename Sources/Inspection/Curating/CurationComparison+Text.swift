internal import Documents

extension CurationComparison {
  /// The comparison as text for a terminal: counts by reason, then examples.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    let shown = names.map { VisibleText.of($0, width: 40) }
    var lines = [style.paint("\(shown[0]) and \(shown[1])", .heading)]
    for unit in Self.order {
      guard let found = units[unit.rawValue] else { continue }
      lines += [
        "", style.paint(unit.words, .heading), "  both keep".padded(to: 44) + count(found.both),
      ]
      lines.append("  neither keeps".padded(to: 44) + count(found.neither))
      lines += side(found.onlyFirst, "only \(shown[0]) keeps", "\(shown[1]) drops for", style)
      lines += side(found.onlySecond, "only \(shown[1]) keeps", "\(shown[0]) drops for", style)
    }
    lines += examples.flatMap { exampleLines($0, style) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func count(_ number: Int) -> String { NumberText.grouped(number).leftPadded(to: 12) }

  private func side(
    _ reasons: [String: Int], _ title: String, _ verb: String, _ style: TextStyle
  ) -> [String] {
    let all = reasons.values.reduce(0, +)
    let rows = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return ["  \(title)".padded(to: 44) + count(all)]
      + rows.map { code, number in
        let name = "    – \(verb) \(VisibleText.of(code, width: 30))"
        return style.paint(name.padded(to: 44), .muted) + count(number)
      }
  }

  private func exampleLines(_ example: Example, _ style: TextStyle) -> [String] {
    let reason = VisibleText.of(example.reason.description, width: style.width - 4)
    return [
      "",
      style.paint(
        "\(example.unit.words): only \(VisibleText.of(example.keptBy, width: 40)) keeps", .heading),
      "  " + style.paint(reason, .dropped),
      "  " + VisibleText.of(example.url, width: style.width - 2) + "  "
        + style.paint(example.document.description, .muted),
    ]
      + TextWrap.lines(of: example.text, width: style.width - 4).prefix(3).map { "    " + $0 }
  }
}
