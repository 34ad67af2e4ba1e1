/// A file of signatures, or of what was found by them, that cannot be used.
public struct DeduplicationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// What is wrong, and what to do about it.
  public var message: String

  /// The file and what is wrong with it.
  public var description: String { "\(path): \(message)" }

  /// A file that is to be made again.
  init(damaged path: String, _ fault: String) {
    self.path = path
    message = fault + "; remove it and run the same command again"
  }
}
