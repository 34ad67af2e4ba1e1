internal import Documents

/// What is known of a host: who waits for it, and when it may be asked next.
final class HostState {
  let name: String
  var waiting = TaskQueue()
  var inFlight = 0
  /// Before then no transfer is started.
  var nextStart: ContinuousClock.Instant
  /// The delay its robots.txt asks for.
  var crawlDelay: Duration = .zero
  /// Failures to connect in a row.
  var failures = 0
  /// How often in a row it asked for a pause.
  var pauses = 0
  /// Until when everything that waits is dropped for ``restReason``.
  var restsUntil: ContinuousClock.Instant?
  var restReason = Reason(.hostUnreachable)
  /// Whether it stands in the heap of hosts that have work.
  var isQueued = false

  init(name: String, now: ContinuousClock.Instant) {
    self.name = name
    nextStart = now
  }

  /// Whether nothing would be lost by forgetting it.
  func isForgettable(_ now: ContinuousClock.Instant) -> Bool {
    waiting.isEmpty && inFlight == 0 && !isQueued && nextStart <= now && failures == 0
      && pauses == 0 && restsUntil == nil
  }
}
