internal import Documents
internal import Foundation
internal import Instructions
internal import Provenance
internal import Sharding
internal import Storage
internal import Tokenization

/// What reading an example of instruction tuning back from its file showed.
public struct ExampleProof: Hashable, Sendable, Codable {
  /// What is asked, as the file says it.
  public var instruction: String?
  /// What it is asked of.
  public var input: String?
  /// The answer.
  public var output: String?
  /// Whether the token is of the answer and not of the prompt.
  public var isOutput = false
  /// What is wrong, where anything is.
  public var fault: String?

  /// Whether nothing is wrong.
  public var isSound: Bool { fault == nil }
}

extension InspectedRun {
  private struct Pipeline: Decodable {
    struct Instructions: Decodable {
      var template: String
    }
    var instructions: Instructions
  }

  /// Reads the line of an example back.
  ///
  /// - Throws: ``InspectionError`` where the file has no such example at the recorded bytes.
  func example(_ row: InstructionRow, in input: InputRow) throws -> InstructionExample {
    let range = row.offset..<row.offset + row.length
    var lines = try LineReader(path: input.path, maximumLineBytes: Int(row.length))
    while let item = lines.next() {
      guard case .line(let bytes, range) = item else { continue }
      switch InstructionExample.read(bytes) {
      case .kept(let example):
        if DocumentID(file: input.digest, line: range) == row.id { return example }
      case .dropped(let reason):
        throw InspectionError(.unreadable, "the line there is no example: \(reason)")
      }
    }
    throw InspectionError(
      .unreadable,
      "'\(input.path)' has no such line at bytes \(range.lowerBound) – \(range.upperBound); the path is "
        + "relative to the directory in which the run was started")
  }

  /// Reads an example back and compares its tokens with those of a sequence.
  func proof(
    of row: InstructionRow, in input: InputRow, segment: SegmentRow, position: Int,
    tokens: [Int32], tokenizer: Tokenizer
  ) -> ExampleProof {
    var proof = ExampleProof()
    do {
      let example = try example(row, in: input)
      (proof.instruction, proof.input, proof.output) =
        (example.instruction, example.input, example.output)
      let document = TokenizedDocument(
        example, id: row.id, template: try template(), tokenizer: tokenizer)
      let again = document.pieces(tokenizer.vocabulary, latents: 1).flatMap(\.tokens)
      let place = segment.documentOffset + position - segment.start
      proof.isOutput = place >= document.contextLength
      let held = tokens[segment.start..<segment.start + segment.length]
      if !again.dropFirst(segment.documentOffset).prefix(held.count).elementsEqual(held) {
        proof.fault = "the example, tokenized again, has other tokens"
      }
    } catch { proof.fault = "\(error)" }
    return proof
  }

  private func template() throws -> PromptTemplate {
    let pipeline = try JSONDecoder().decode(Pipeline.self, from: Data(ledger.run.pipeline.utf8))
    return try PromptTemplate(pipeline.instructions.template)
  }
}
