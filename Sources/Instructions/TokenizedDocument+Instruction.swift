public import Documents
public import Sharding
public import Tokenization

extension TokenizedDocument {
  /// Tokenizes an example: the lines of its prompt, the last of which the answer goes on on, are context; the
  /// answer and the `</s>` after it are targets.
  ///
  /// The prompt's tokens are those that generation begins with when it is given the same prompt.
  public init(
    _ example: InstructionExample, id: DocumentID, template: PromptTemplate, tokenizer: Tokenizer
  ) {
    var lines = Self.encodedLines(template.prompt(of: example), tokenizer)
    let answer = Self.encodedLines(example.output, tokenizer)
    // Every line but the last is ended by `</line>`.
    let contextLength = lines.reduce(0) { $0 + $1.count + 1 } - (lines.isEmpty ? 0 : 1)
    if let last = lines.popLast() {
      lines.append(last + (answer.first ?? []))
      lines += answer.dropFirst()
    } else {
      lines = answer
    }
    self.init(id: id, units: lines.map { .line($0) }, contextLength: contextLength)
  }

  /// How many tokens the document has where it shows no image.
  public var lineTokenCount: Int {
    units.reduce(0) { sum, unit in
      if case .line(let ids) = unit { sum + ids.count + 1 } else { sum }
    }
  }
}
