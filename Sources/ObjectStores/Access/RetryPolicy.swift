internal import Documents

/// How often something is tried and how long is waited in between.
///
/// The waits double with each fault up to a cap and are spread by the seed, so that what failed together does
/// not come again together. A `Retry-After` of the server is honoured where it is longer.
public struct RetryPolicy: Hashable, Sendable {
  /// How often something is tried in all.
  public var attempts = 8
  /// The wait after the first fault.
  public var first = Duration.milliseconds(200)
  /// The longest wait that doubling leads to.
  public var longest = Duration.seconds(20)
  /// The shortest wait before a web server is asked again.
  public var shortestOfWeb = Duration.seconds(1)
  /// The time of one operation, its waits included; of a large object each range is one.
  public var deadline = Duration.seconds(300)
  /// Draws the spread.
  public var seed: UInt64 = 0

  /// Makes the usual policy.
  public init() {}

  /// The wait after a number of faults, from half to the whole of the doubled time.
  ///
  /// - Parameters:
  ///   - faults: How many there were, at least 1.
  ///   - identity: What failed.
  func wait(after faults: Int, of identity: String) -> Duration {
    let doubled = first * (1 << min(max(faults - 1, 0), 16))
    let unit = SeededHash.unit(seed: seed, salt: "store backoff \(faults)", id: identity.utf8)
    return min(doubled, longest) * (0.5 + unit / 2)
  }
}
