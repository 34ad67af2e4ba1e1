/// Why a model cannot go on with a prompt.
public struct GenerationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// The checkpoint's files do not belong together.
    case mismatchedCheckpoint
    /// The prompt has another number of places for images than there are images, or is empty.
    case malformedPrompt
    /// The prompt is longer than the model's context.
    case promptTooLong
    /// An image cannot be decoded.
    case brokenImage
  }

  /// What kind of fault it is.
  public var code: Code
  /// What is wrong and how to mend it.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What is wrong and how to mend it.
  public var description: String { message }
}
