internal import Dispatch
internal import Foundation

/// Fetches images from the network, fast where it may and politely where it must.
///
/// One thread of its own runs all transfers and owns all their state. Any number of threads may
/// each call ``fetch(_:within:isStopped:deliver:)`` at the same time; what one host is asked for is
/// bounded over all of them together. A URL that cannot be had is no error: its outcome has a
/// reason.
public final class Fetcher: Sendable {
  private let mailbox = Mailbox()
  private let engine: TransferEngine
  private let finished = DispatchSemaphore(value: 0)
  private let maximumHeldBytes: Int

  /// How many requests of one call may wait at a time.
  ///
  /// The sequence is asked for more as they end. There are so many
  /// that one slow host seldom stands before all others.
  static let window = 16_384

  /// Starts the thread.
  ///
  /// - Throws: ``FetchError`` where a setting, such as the contact, is missing.
  public init(_ configuration: FetchConfiguration) throws(FetchError) {
    try configuration.check()
    engine = try TransferEngine(idleConnections: configuration.inFlight * 2)
    maximumHeldBytes = configuration.maximumHeldBytes
    let (mailbox, engine, finished) = (mailbox, engine, finished)
    let thread = Thread {
      FetchLoop(configuration, mailbox, engine).run()
      finished.signal()
    }
    thread.name = "weft fetch"
    thread.start()
  }

  deinit {
    mailbox.end()
    engine.wake()
    finished.wait()
  }

  /// Fetches images and hands each outcome to a function, in the order in which they come to an
  /// end.
  ///
  /// The sequence is asked for a request only when there is room for it, and transfers are started
  /// only while `deliver` keeps up. Requests are not checked for duplicates.
  ///
  /// - Parameters:
  ///   - requests: What to fetch.
  ///   - time: The time for all of it; what is not done then is dropped for a reason that may pass.
  ///   - isStopped: Asked every tenth of a second; on true everything is given up.
  ///   - deliver: Takes an outcome, on the calling thread.
  /// - Throws: `CancellationError` where it was stopped, and whatever `deliver` throws.
  /// - Returns: What the requests came to.
  @discardableResult
  public func fetch(
    _ requests: some Sequence<FetchRequest>, within time: Duration? = nil,
    isStopped: () -> Bool = { false }, deliver: (FetchOutcome) throws -> Void
  ) throws -> FetchStatistics {
    let session = Session(deadline: time.map { ContinuousClock.now + $0 })
    post(.open(session))
    defer {
      session.abandon()
      post(.close(session))
    }
    var statistics = FetchStatistics()
    var iterator = requests.makeIterator()
    var open = submit(&iterator, session, atMost: Self.window)
    while open > 0 {
      if isStopped() { throw CancellationError() }
      // Each is let go of once it is delivered: together they may hold much.
      var outcomes = Array(session.take(waitingAtMost: 100).reversed())
      let count = outcomes.count
      while let outcome = outcomes.popLast() {
        statistics.add(outcome)
        try deliver(outcome)
        release(outcome.heldBytes)
      }
      open -= count
      if count > 0 { open += submit(&iterator, session, atMost: Self.window - open) }
    }
    return statistics
  }

  /// Posts requests as long as there are any and room for them; returns how many.
  private func submit(
    _ iterator: inout some IteratorProtocol<FetchRequest>, _ session: Session, atMost room: Int
  ) -> Int {
    var batch: [FetchRequest] = []
    while batch.count < room, let request = iterator.next() { batch.append(request) }
    if !batch.isEmpty { post(.fetch(session, batch)) }
    return batch.count
  }

  private func release(_ bytes: Int) {
    guard bytes > 0 else { return }
    let before = mailbox.heldBytes
    mailbox.release(bytes)
    if before >= maximumHeldBytes { engine.wake() }
  }

  private func post(_ message: Mailbox.Message) {
    mailbox.post(message)
    engine.wake()
  }
}
