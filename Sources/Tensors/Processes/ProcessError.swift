/// Processes that cannot reach each other, or no longer.
public struct ProcessError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What libtorch says of it.
  public var description: String
}
