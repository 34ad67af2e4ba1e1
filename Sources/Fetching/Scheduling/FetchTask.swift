internal import Documents
internal import HTTPExchanges

/// One URL on its way: where it is now, how often it was tried, and until when it may go on.
final class FetchTask {
  /// What a task is for.
  enum Purpose {
    /// An image that a client asked for.
    case image(Session, FetchRequest)
    /// The robots.txt of an origin.
    case robots(origin: String)
  }

  let purpose: Purpose
  var address: FetchAddress
  /// When the URL's time is over; `nil` before its first request.
  var deadline: ContinuousClock.Instant?
  var failures = 0
  var requests = 0
  var redirects: [String] = []
  var optOuts: Set<OptOut> = []
  var status: Int?
  var connections = 0
  var wireBytes: Int64 = 0
  /// What the last attempt failed for.
  var lastFault: Reason?

  init(_ purpose: Purpose, _ address: FetchAddress) {
    self.purpose = purpose
    self.address = address
  }

  var session: Session? {
    if case .image(let session, _) = purpose { session } else { nil }
  }

  /// Notes what a transfer cost and found.
  func note(_ transfer: Transfer) {
    optOuts.formUnion(transfer.optOuts)
    if transfer.head.isComplete { status = transfer.head.status }
    connections += transfer.result?.newConnections ?? 0
    wireBytes += transfer.result?.wireBytes ?? 0
  }

  /// The outcome that a decision is, for a task of a client.
  func outcome(_ request: FetchRequest, _ decision: Decision<FetchedImage>) -> FetchOutcome {
    var outcome = FetchOutcome(id: request.id, url: request.url, decision: decision)
    outcome.requests = requests
    outcome.redirects = redirects
    outcome.status = status
    outcome.optOuts = optOuts.union(request.optOuts)
    outcome.connections = connections
    outcome.wireBytes = wireBytes
    return outcome
  }
}
