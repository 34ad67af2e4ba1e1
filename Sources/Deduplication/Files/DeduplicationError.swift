/// A signature file that cannot be used.
public struct DeduplicationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// What is wrong, and what to do about it.
  public var message: String

  /// The file and what is wrong with it.
  public var description: String { "\(path): \(message)" }
}
