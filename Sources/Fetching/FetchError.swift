/// A fault of the set-up that keeps images from being fetched, and what to do about it.
public struct FetchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// A setting is missing or cannot be.
    case configuration
    /// The machine gave no memory, files or thread.
    case machine
  }

  /// What kind of fault it is.
  public var code: Code
  /// What went wrong and how it may be mended.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
