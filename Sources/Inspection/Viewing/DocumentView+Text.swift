internal import Documents
internal import Provenance

extension DocumentView {
  /// The document as text for a terminal: its nodes and images in order, then the decisions.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      style.paint(VisibleText.of(row.title ?? "(no title)", width: style.width), .heading),
      style.paint(VisibleText.of(row.url), .accent),
      "document \(row.id) · \(row.language.map { VisibleText.of($0) } ?? "language unknown") · "
        + "\(NumberText.grouped(row.nodes)) nodes, \(NumberText.grouped(row.images)) images, "
        + "\(NumberText.grouped(row.characters)) characters when extracted",
      corpusLine,
    ]
    if let document {
      lines.append("")
      var image = 0
      for node in document.nodes { lines += self.lines(of: node, image: &image, style) }
    }
    lines += decisionLines(style)
    return lines.joined(separator: "\n") + "\n"
  }

  private var corpusLine: String {
    let pairs = entries.count { $0.corpus == .pairs }
    let names = entries.filter { $0.corpus != .pairs }.map(\.corpus.rawValue)
    let list = names + (pairs > 0 ? ["pairs (\(pairs))"] : [])
    if list.isEmpty { return "in no corpus" }
    let shown = corpus.map { "; shown as in \($0.rawValue), \(archive ?? "")" } ?? ""
    return "in " + list.joined(separator: ", ") + shown
      + ", \(NumberText.grouped(segments.count)) runs of tokens"
  }

  private func lines(of node: Node, image: inout Int, _ style: TextStyle) -> [String] {
    let path = style.paint(VisibleText.of(node.path, width: style.width - 14), .muted)
    switch node {
    case .text(let text):
      let kind = text.kind.rawValue + (text.level.map { " \($0)" } ?? "")
      return [kind.padded(to: 13) + " " + path]
        + TextWrap.lines(of: text.text, width: style.width - 4).map { "    " + $0 } + [""]
    case .image(let reference):
      var lines = ["image".padded(to: 13) + " " + path]
      if let resolved = reference.resolved {
        let name = images.indices.contains(image) ? images[image].name : "no file"
        image += 1
        lines.append(
          "    "
            + style.paint(
              "▣ \(name)  \(resolved.width) × \(resolved.height) \(resolved.format.rawValue), "
                + NumberText.bytes(resolved.byteCount), .accent))
      }
      lines.append("    " + VisibleText.of(reference.url, width: style.width - 4))
      let words = [("alt", reference.alt), ("caption", reference.caption)]
      for case (let name, let text?) in words {
        lines.append("    \(name): " + VisibleText.of(text, width: style.width - 15))
      }
      return lines + [""]
    }
  }

  private func decisionLines(_ style: TextStyle) -> [String] {
    if decisions.isEmpty { return [style.paint("nothing of it was dropped", .muted)] }
    var lines = [
      style.paint("dropped of it: \(NumberText.grouped(decisions.count))", .heading)
    ]
    for item in decisions.prefix(200) {
      let decision = item.decision
      let place =
        decision.path.map { VisibleText.of($0, width: style.width - 12) }
        ?? decision.place.map { "number \($0)" } ?? "the whole"
      lines.append(
        "  " + item.stage.rawValue.padded(to: 8) + decision.unit.words.padded(to: 22)
          + style.paint(
            VisibleText.of(decision.reason.description, width: style.width - 32), .dropped))
      lines.append("          " + style.paint(place, .muted))
    }
    if decisions.count > 200 {
      lines.append("  and \(NumberText.grouped(decisions.count - 200)) more")
    }
    return lines
  }
}
