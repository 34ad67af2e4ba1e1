/// The bounds that reading an HTTP response keeps, whatever the response holds.
public struct HTTPLimits: Hashable, Sendable {
  /// The longest header, in bytes.
  public var maximumHeaderBytes = 1 << 18
  /// The longest body once its codings are undone, in bytes.
  public var maximumBodyBytes = 1 << 26
  /// The most content codings that are undone, one after the other; servers use one, rarely two.
  public var maximumCodings = 4

  /// Makes the usual bounds.
  public init() {}
}
