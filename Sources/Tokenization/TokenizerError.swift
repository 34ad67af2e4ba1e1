/// A tokenizer that cannot be loaded or trained: what is wrong and what helps.
public struct TokenizerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The operating system could not read the model.
    case unreadable
    /// The bytes are no SentencePiece model.
    case malformedModel
    /// The model is a sound one of a kind that does not fit KOSMOS-1's token ids.
    case unsuitableModel
    /// The corpus has too few different pieces for the vocabulary that was asked for.
    case corpusTooSmall
    /// The vocabulary that was asked for has no room for the corpus's characters.
    case vocabularyTooSmall
    /// The trainer failed for another reason.
    case trainingFailed
  }

  /// What is wrong.
  public var code: Code
  /// What is wrong and what helps, naming the file where there is one.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What is wrong and what helps.
  public var description: String { message }
}
