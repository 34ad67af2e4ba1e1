internal import Dispatch
internal import Synchronization

/// One client's requests: the outcomes that wait for it, and until when it waits.
final class Session: Sendable {
  let deadline: ContinuousClock.Instant?
  private let outcomes = Locked<[FetchOutcome]>([])
  private let arrived = DispatchSemaphore(value: 0)
  private let abandoned = Atomic<Bool>(false)

  init(deadline: ContinuousClock.Instant?) { self.deadline = deadline }

  /// Hands an outcome to the client; called by the loop.
  func deliver(_ outcome: FetchOutcome) {
    let isFirst = outcomes.withLock { waiting in
      waiting.append(outcome)
      return waiting.count == 1
    }
    if isFirst { arrived.signal() }
  }

  /// Waits for outcomes and takes them all; empty where none came in time.
  func take(waitingAtMost milliseconds: Int) -> [FetchOutcome] {
    _ = arrived.wait(timeout: .now() + .milliseconds(milliseconds))
    return outcomes.withLock { waiting in
      let taken = waiting
      waiting = []
      return taken
    }
  }

  /// Says that nobody waits for outcomes any more.
  func abandon() { abandoned.store(true, ordering: .relaxed) }

  var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }
}
