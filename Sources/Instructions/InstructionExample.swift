public import Documents
internal import Foundation

/// One example of instruction tuning: what is asked, what it is asked of, and the answer.
///
/// The three texts are those of Unnatural Instructions (arXiv 2212.09689), which KOSMOS-1 is tuned on
/// (§3.3 of the paper).
public struct InstructionExample: Hashable, Sendable {
  /// What is asked.
  public var instruction: String
  /// What it is asked of; empty where the instruction says it all.
  public var input: String
  /// The answer.
  public var output: String

  /// Makes an example from its parts.
  public init(instruction: String, input: String, output: String) {
    self.instruction = instruction
    self.input = input
    self.output = output
  }

  /// How many characters its texts have together.
  public var characterCount: Int { instruction.count + input.count + output.count }

  /// Whether it has nothing to ask of.
  var hasInput: Bool { input.contains { !$0.isWhitespace } }
}

extension InstructionExample {
  /// Reads an example from a line of JSON: an object with the texts `instruction`, `input` and `output`.
  ///
  /// Other keys are passed over.
  public static func read(_ line: [UInt8]) -> Decision<InstructionExample> {
    guard String(validating: line, as: UTF8.self) != nil else {
      return .dropped(Reason(.invalidUTF8))
    }
    // Foundation would take text with zero bytes for UTF-16.
    guard !line.contains(0), let value = try? JSONSerialization.jsonObject(with: Data(line)),
      let object = value as? [String: Any]
    else { return .dropped(Reason(.invalidJSON)) }
    var texts: [String] = []
    for key in ["instruction", "input", "output"] {
      guard let value = object[key] else { return .dropped(Reason(.missingKey, detail: key)) }
      guard let text = value as? String else { return .dropped(Reason(.wrongType, detail: key)) }
      texts.append(text)
    }
    let example = InstructionExample(instruction: texts[0], input: texts[1], output: texts[2])
    if example.instruction.allSatisfy(\.isWhitespace) { return .dropped(Reason(.emptyInstruction)) }
    if example.output.allSatisfy(\.isWhitespace) { return .dropped(Reason(.emptyOutput)) }
    return .kept(example)
  }
}
