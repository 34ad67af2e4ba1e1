/// Linear warm-up to a peak and linear decay to zero, counted as fairseq counts.
///
/// Update number k, from 1, uses the rate of n = k - 1 finished updates, so that **the first update has
/// rate zero**: `peak * n / warmup` up to n = `warmup`, then `peak * (1 - (n - warmup) / (total -
/// warmup))`, and zero from n = `total` on. It is fairseq's `polynomial_decay` with power 1, which the
/// released KOSMOS-2 code trains with; peak and warm-up are those of KOSMOS-1 (arXiv 2302.14045, §3.2).
public struct LearningRateSchedule: Hashable, Sendable {
  /// The highest rate.
  public var peak: Double
  /// How many updates the rate rises for.
  public var warmup: Int
  /// The number of updates after which the rate is zero.
  public var total: Int

  /// Makes a schedule.
  ///
  /// - Precondition: `warmup` is not negative, and `total` is larger than it.
  public init(peak: Double = 2e-4, warmup: Int = 375, total: Int) {
    precondition(warmup >= 0 && total > warmup, "a schedule goes on after its warm-up")
    self.peak = peak
    self.warmup = warmup
    self.total = total
  }

  /// The rate of an update.
  ///
  /// - Parameter update: The number of the update, from 1.
  public func rate(ofUpdate update: Int) -> Double {
    precondition(update >= 1, "updates are counted from 1")
    let finished = update - 1
    if finished >= total { return 0 }
    if finished <= warmup && warmup > 0 { return peak * Double(finished) / Double(warmup) }
    return peak * (1 - Double(finished - warmup) / Double(total - warmup))
  }
}
