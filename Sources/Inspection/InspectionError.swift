/// Something that was asked for and cannot be shown, and what to do about it.
public struct InspectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// The run has no such document, shard, sequence, position or address.
    case notFound
    /// A file of the run is missing, damaged, or another one than was recorded.
    case unreadable
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
