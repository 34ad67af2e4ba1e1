public import Documents
internal import Instructions
public import Provenance

/// An example of instruction tuning as its file has it.
public struct InstructionView: Hashable, Sendable, Codable {
  /// Where it stands.
  public var row: InstructionRow
  /// The path of its file.
  public var path: String
  /// What is asked.
  public var instruction: String
  /// What it is asked of; empty where the instruction says it all.
  public var input: String
  /// The answer.
  public var output: String
  /// The runs of tokens that came from it.
  public var segments: [SegmentRow]
}

extension InspectedRun {
  /// An example of instruction tuning; `nil` where the run has none of this identity.
  ///
  /// - Throws: ``InspectionError`` where its file does not have it any more.
  public func instruction(_ id: DocumentID) throws -> InstructionView? {
    guard let row = try ledger.instruction(id), let input = try ledger.input(row.input) else {
      return nil
    }
    let example = try example(row, in: input)
    return InstructionView(
      row: row, path: input.path, instruction: example.instruction, input: example.input,
      output: example.output, segments: try ledger.segments(of: id))
  }
}

extension InstructionView {
  /// The example as text for a terminal.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      style.paint("example \(row.id)", .heading),
      style.paint("\(VisibleText.of(path)), \(row.place)", .accent),
    ]
    for segment in segments {
      lines.append("in shard \(segment.shard), sequence \(segment.sequence)")
    }
    for (name, text) in [("instruction", instruction), ("input", input), ("output", output)] {
      if text.isEmpty { continue }
      lines +=
        ["", style.paint(name, .muted)]
        + TextWrap.lines(of: text, width: style.width - 4).map { "    " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension InstructionRow {
  /// Where the line stands in its file, in words.
  var place: String {
    "bytes \(NumberText.grouped(Int(offset))) – \(NumberText.grouped(Int(offset + length)))"
  }
}
