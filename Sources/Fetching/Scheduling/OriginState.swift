internal import Documents

/// What is known of an origin's robots.txt.
enum OriginState {
  /// It is being fetched; these wait for it.
  case asked([FetchTask])
  /// It was read, and is good until then.
  case known(RobotsFile, until: ContinuousClock.Instant)
  /// It could not be read, and is asked for again after then.
  case failed(Reason, until: ContinuousClock.Instant)
}
