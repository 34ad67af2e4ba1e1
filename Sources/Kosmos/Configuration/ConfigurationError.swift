/// A configuration that no model can have: which key, and what it may be.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the key, as in `decoder.heads`.
  public var key: String
  /// What is wrong and what is allowed, as a clause.
  public var message: String

  /// Makes an error from its parts.
  public init(_ key: String, _ message: String) {
    self.key = key
    self.message = message
  }

  /// The key, and what is wrong with it.
  public var description: String { "\(key): \(message)" }
}
