internal import Documents
internal import Provenance

extension SequenceView {
  /// The sequence as text for a terminal: a table of its documents and images, then its tokens in
  /// lines with the loss mask below them.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      style.paint(
        "Sequence \(sequence) of shard \(shard.shard), corpus \(shard.corpus.rawValue), "
          + shard.split.rawValue, .heading),
      "\(NumberText.grouped(length)) tokens, \(NumberText.grouped(targets)) of them targets, "
        + "\(images.count) images, \(runs.count) runs of documents",
    ]
    for run in runs {
      let segment = run.segment
      lines.append(
        "  positions \(segment.start) – \(segment.start + segment.length - 1)".padded(to: 28)
          + "\(segment.document)  "
          + style.paint(VisibleText.of(run.url ?? "", width: max(20, style.width - 62)), .accent))
    }
    for (number, image) in images.enumerated() {
      let size = image.width.map { "\($0) × \(image.height ?? 0)" } ?? "size unknown"
      lines.append(
        "  image \(number) at \(image.position)".padded(to: 28)
          + "row \(image.row), \(size)  "
          + style.paint(VisibleText.of(image.url ?? "", width: max(20, style.width - 55)), .accent))
    }
    lines += ["", style.paint("tokens; ▔ below a target of the loss", .muted)]
    return (lines + tokenLines(style)).joined(separator: "\n") + "\n"
  }

  /// The tokens side by side, each line of them with the position of its first.
  private func tokenLines(_ style: TextStyle) -> [String] {
    let margin = String(length).count + 2
    var lines: [String] = []
    var tokens = ""
    var mask = ""
    var used = 0
    var first = 0
    func flush() {
      if used == 0 { return }
      lines.append(style.paint(String(first).leftPadded(to: margin - 1), .muted) + " " + tokens)
      lines.append(String(repeating: " ", count: margin) + style.paint(mask, .kept))
      (tokens, mask, used) = ("", "", 0)
    }
    for item in items {
      let words = item.words
      let columns = VisibleText.columns(of: words)
      if used > 0 && margin + used + 1 + columns > style.width { flush() }
      if used == 0 { first = item.position }
      tokens += (used > 0 ? " " : "") + style.paint(words, item.role)
      mask += (used > 0 ? " " : "")
      mask += String(repeating: item.isTarget ? "▔" : " ", count: columns)
      used += (used > 0 ? 1 : 0) + columns
      if item.piece == "</line>" || item.piece == "</s>" { flush() }
    }
    flush()
    return lines.filter { !$0.allSatisfy { $0 == " " } }
  }
}

extension SequenceView.Item {
  fileprivate var words: String {
    guard let image else { return VisibleText.of(piece) }
    return "[image \(image): \(length) positions]"
  }

  fileprivate var role: TextStyle.Role {
    if image != nil { return .accent }
    return piece.hasPrefix("<") && piece.hasSuffix(">") ? .muted : .plain
  }
}
