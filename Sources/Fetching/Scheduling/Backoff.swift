internal import Documents

/// Waits that double with every failure, spread so that what failed together does not come again
/// together.
enum Backoff {
  /// The wait after a number of failures, from half to the whole of the doubled time.
  ///
  /// - Parameters:
  ///   - configuration: The first wait, the longest, and the seed.
  ///   - failures: How many there were, at least 1.
  ///   - identity: What failed; the spread is drawn from it and never from a clock.
  static func wait(
    _ configuration: FetchConfiguration, failures: Int, of identity: String
  ) -> Duration {
    let doubled = configuration.backoff * (1 << min(max(failures - 1, 0), 16))
    let unit = SeededHash.unit(
      seed: configuration.seed, salt: "fetch backoff \(failures)", id: identity.utf8)
    return min(doubled, configuration.maximumBackoff) * (0.5 + unit / 2)
  }
}
