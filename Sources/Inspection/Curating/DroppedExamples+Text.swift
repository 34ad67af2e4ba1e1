internal import Documents
internal import Provenance

extension DroppedExamples {
  /// How many lines of an example's text are shown.
  private static let shownLines = 4

  /// The examples as text for a terminal.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    let head =
      "\(VisibleText.of(reason, width: 40)): \(NumberText.grouped(count)) dropped, "
      + "\(NumberText.grouped(examples.count)) shown"
    let lines = [style.paint(head, .heading)] + examples.flatMap { self.lines(of: $0, style) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(of example: Example, _ style: TextStyle) -> [String] {
    let decision = example.decision
    let place = decision.place.map { " \($0)" } ?? ""
    let reason = VisibleText.of(decision.reason.description, width: style.width - 4)
    var lines = [
      "",
      VisibleText.of(example.url ?? "(no URL)", width: style.width),
      "  " + style.paint("\(decision.unit.rawValue)\(place) of \(decision.subject)", .muted),
      "  " + style.paint(reason, .dropped),
    ]
    if let text = example.text {
      lines += TextWrap.lines(of: String(text.prefix(1_000)), width: style.width - 4)
        .prefix(Self.shownLines).map { "    " + $0 }
    }
    return lines
  }
}
