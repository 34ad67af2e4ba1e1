/// How an instruction and its input become the prompt that the answer follows.
///
/// The text holds `{instruction}` and `{input}`, each once. Its lines are lines of the prompt; the one with
/// `{input}` is left out of an example that has no input, unless the instruction stands there. The answer goes on on the last line. What an
/// example says is never taken for a part of the template, nor for a special token.
public struct PromptTemplate: Hashable, Sendable {
  /// The template where none is named.
  ///
  /// The paper does not print its wording. `Answer:` is the cue by which its own prompts ask for answers
  /// about images (§4.1.2, `Question: {question} Answer: {answer}`), so that what is learned from text can
  /// carry over to them.
  public static let plain = "{instruction}\n{input}\nAnswer:"

  private enum Part: Hashable {
    case text(String)
    case instruction
    case input
  }

  private let lines: [[Part]]

  /// Why a text is no template.
  public struct Fault: Error, Hashable, Sendable {
    /// What is wrong and how to mend it.
    public var message: String
  }

  /// Reads a template.
  ///
  /// - Throws: ``Fault`` where a mark is missing or stands twice, or the last line is empty.
  public init(_ text: String) throws(Fault) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Self.parts(of: $0) }
    for (part, mark) in [(Part.instruction, "{instruction}"), (.input, "{input}")] {
      let count = lines.joined().count { $0 == part }
      guard count == 1 else {
        throw Fault(message: "the template has \(mark) \(count) times; it must have it once")
      }
    }
    guard lines.last?.isEmpty == false else {
      throw Fault(
        message: "the template's last line is empty, and the answer goes on there; end it with a "
          + "word that asks for the answer, such as 'Answer:'")
    }
  }

  /// The prompt of an example.
  public func prompt(of example: InstructionExample) -> String {
    let shown = lines.filter {
      example.hasInput || !$0.contains(.input) || $0.contains(.instruction)
    }
    return shown.map { line in
      line.map { part in
        switch part {
        case .text(let text): text
        case .instruction: example.instruction
        case .input: example.hasInput ? example.input : ""
        }
      }.joined()
    }.joined(separator: "\n")
  }

  private static func parts(of line: Substring) -> [Part] {
    var parts: [Part] = []
    var text = ""
    var rest = line
    while let first = rest.first {
      if let (part, mark) = [(Part.instruction, "{instruction}"), (.input, "{input}")]
        .first(where: { rest.hasPrefix($0.1) })
      {
        if !text.isEmpty { parts.append(.text(text)) }
        parts.append(part)
        text = ""
        rest = rest.dropFirst(mark.count)
      } else {
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    return text.isEmpty ? parts : parts + [.text(text)]
  }
}
