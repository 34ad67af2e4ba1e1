internal import Synchronization

/// A request to stop soon, raised once by a signal handler and seen by every worker.
///
/// Stages look at it between two records and leave by throwing `CancellationError`; what they had
/// not committed is made again by the next run.
public final class Interruption: Sendable {
  private let raised = Atomic<Bool>(false)

  /// Makes a request that is not raised.
  public init() {}

  /// Asks the run to stop.
  public func raise() { raised.store(true, ordering: .relaxed) }

  /// Whether the run has been asked to stop.
  public var isRaised: Bool { raised.load(ordering: .relaxed) }

  /// Throws `CancellationError` where the run has been asked to stop.
  public func check() throws {
    if isRaised || Task.isCancelled { throw CancellationError() }
  }
}
