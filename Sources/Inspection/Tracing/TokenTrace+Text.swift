internal import Documents
internal import Provenance
internal import RemoteArchives

extension TokenTrace {
  /// The trace as text for a terminal, from the token down to the bytes of the archive.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      style.paint(
        "Token \(position) of sequence \(sequence), shard \(shard), corpus \(corpus.rawValue)",
        .heading),
      "",
      Self.line(
        "token",
        "\(VisibleText.of(piece))  (id \(token), "
          + (isTarget ? "a target of the loss)" : "not a target)")),
      Self.line("in", context(style)),
    ]
    if let segment {
      lines.append(
        Self.line(
          "segment",
          "positions \(segment.start) – \(segment.start + segment.length - 1), tokens from "
            + "\(NumberText.grouped(segment.documentOffset)) of the document"))
    } else {
      lines.append(Self.line("segment", "none: the token belongs to no document"))
    }
    if let document {
      lines.append(Self.line("document", document.id.description))
      lines.append(Self.line("", style.paint(VisibleText.of(document.url), .accent)))
      if let title = document.title {
        lines.append(Self.line("", VisibleText.of(title, width: style.width - 13)))
      }
    }
    lines += exampleLines(style) + sourceLines(style) + recordLines(style)
    return lines.joined(separator: "\n") + "\n"
  }

  private func context(_ style: TextStyle) -> String {
    let room = max(10, (style.width - 20 - text.count) / 2)
    let left = VisibleText.of(String(before.reversed().prefix(room).reversed()))
    let right = VisibleText.of(String(after.prefix(room)))
    let shown = VisibleText.of(text)
    return "…" + left + (style.isColoured ? style.paint(shown, .accent) : "⟦\(shown)⟧") + right
      + "…"
  }

  private func exampleLines(_ style: TextStyle) -> [String] {
    guard let instruction, let example else { return [] }
    let texts = [
      ("asked", example.instruction), ("asked of", example.input), ("answer", example.output),
    ]
    let shown = texts.compactMap { name, text in
      text.flatMap {
        $0.isEmpty ? nil : Self.line(name, VisibleText.of($0, width: style.width - 13))
      }
    }
    let verdict =
      example.fault.map { style.paint("no: \(VisibleText.of($0))", .faulty) }
      ?? style.paint(
        "yes: the line was read back, and tokenized again it has these tokens", .kept)
    return [
      Self.line("example", instruction.id.description),
      Self.line("", "the token is of the " + (example.isOutput ? "answer" : "prompt")),
    ] + shown + [
      Self.line("file", VisibleText.of(input?.path ?? "")),
      Self.line("line", instruction.place), Self.line("verified", verdict),
    ]
  }

  private func sourceLines(_ style: TextStyle) -> [String] {
    guard let source else { return [] }
    var lines = [
      Self.line("node", "\(source.node) (\(source.kind)) at \(VisibleText.of(source.path))")
    ]
    if let image = source.image { lines.append(Self.line("image", VisibleText.of(image))) }
    if let line = source.line {
      let bytes = source.bytes.map { ", bytes \($0.lowerBound) – \($0.upperBound)" } ?? ""
      lines.append(
        Self.line("line", VisibleText.of(line, width: max(20, style.width - 40)) + bytes))
    }
    if !source.matches {
      lines.append(
        Self.line("", style.paint("the document, tokenized again, has another token here", .faulty))
      )
    }
    return lines
  }

  private func recordLines(_ style: TextStyle) -> [String] {
    guard let record, let input else { return [] }
    var lines = [
      Self.line("archive", VisibleText.of(input.path)),
      Self.line("record", Self.words(record.location)),
    ]
    if let origin {
      lines.append(Self.line("origin", VisibleText.of(origin.uri)))
      lines.append(
        Self.line(
          "",
          "bytes \(NumberText.grouped(origin.offset)) – "
            + NumberText.grouped(origin.offset + origin.length)))
    }
    if let original { lines.append(Self.line("payload", Self.words(original.location))) }
    if let proof { lines.append(Self.line("verified", proof.words(style))) }
    return lines
  }

  private static func words(_ place: RecordLocation) -> String {
    let member =
      place.memberLength > 0
      ? "bytes \(NumberText.grouped(place.memberOffset)) – "
        + NumberText.grouped(place.memberOffset + place.memberLength)
      : "from byte \(NumberText.grouped(place.memberOffset))"
    return "\(member), there \(NumberText.grouped(place.recordLength)) bytes from "
      + NumberText.grouped(place.recordOffset)
  }

  private static func line(_ name: String, _ text: String) -> String {
    "  " + name.padded(to: 9) + " " + text
  }
}

extension RecordProof {
  /// What was found, in words.
  func words(_ style: TextStyle) -> String {
    if let fault { return style.paint("no: \(VisibleText.of(fault))", .faulty) }
    let text = "yes: the record was read back, and its identity and URL are those of the ledger"
    return style.paint(
      hasText == true ? text + "; extracted again, it has this text" : text, .kept)
  }
}
