internal import Documents
internal import HTTPExchanges
internal import Hashing
internal import Synchronization
internal import WebAddress

/// One request to a store or a web server, to be made as often as it takes.
struct StoreCall {
  var uri: ObjectURI
  var method = "GET"
  var query: [(name: String, value: String)] = []
  var fields: [(name: String, value: String)] = []
  var body = HTTPRequest.Body.none
  /// The digest of the body.
  var bodyDigest = RequestSignature.emptyBody
  var maximumBytes = 1 << 20
  /// Statuses beside those of success that are no error of the call.
  var accepted: Set<Int> = []

  init(_ method: String, _ uri: ObjectURI) {
    self.method = method
    self.uri = uri
  }
}

/// Makes calls: signs them, follows redirects of web servers, waits and tries again.
final class StoreRequests: Sendable {
  private let configuration: StoreConfiguration
  private let session = HTTPSession()
  private let retried = Atomic<Int>(0)
  private static let maximumRedirects = 5

  init(_ configuration: StoreConfiguration) { self.configuration = configuration }

  /// How many requests were made again after a fault so far.
  var retryCount: Int { retried.load(ordering: .relaxed) }

  /// Makes a call.
  ///
  /// - Parameter check: Says what is wrong with a response of success; `truncated` is tried again.
  /// - Returns: The reply, and how many faults came before it.
  func perform(
    _ call: StoreCall, check: (HTTPReply) -> ObjectStoreError? = { _ in nil }
  ) throws(ObjectStoreError) -> (reply: HTTPReply, faults: Int) {
    let policy = configuration.retries
    let start = ContinuousClock.now
    let deadline = start + policy.deadline
    var faults = 0
    while true {
      let left = deadline - ContinuousClock.now
      let reply = try exchange(call, within: max(left, .milliseconds(1)))
      let error: ObjectStoreError
      var wait: Duration?
      if reply.fault == nil,
        200..<300 ~= reply.head.status || call.accepted.contains(reply.head.status)
      {
        guard let fault = check(reply) else { return (reply, faults) }
        if fault.code != .truncated { throw fault }
        error = fault
      } else {
        // What is wrong with the response may be told before its body has come.
        if reply.fault == .tooLarge, 200..<300 ~= reply.head.status, let fault = check(reply) {
          throw fault
        }
        let fault = StoreFault(reply, of: call.uri, configuration)
        guard fault.mayPass else { throw fault.error }
        error = fault.error
        wait = fault.retryAfter(now: configuration.now())
      }
      faults += 1
      let spread = policy.wait(after: faults, of: "\(call.method) \(call.uri)")
      let shortest = call.uri.bucket == nil ? policy.shortestOfWeb : .zero
      let pause = max(spread, shortest, wait ?? .zero)
      if faults >= policy.attempts || ContinuousClock.now + pause >= deadline {
        throw Self.givingUp(error, faults, pause, ContinuousClock.now - start)
      }
      retried.add(1, ordering: .relaxed)
      try Pause.wait(pause, unless: configuration.isStopped)
    }
  }

  private static func givingUp(
    _ error: ObjectStoreError, _ faults: Int, _ pause: Duration, _ time: Duration
  ) -> ObjectStoreError {
    let seconds = Int((time / .seconds(1)).rounded())
    return ObjectStoreError(
      error.code,
      "\(error.message); given up after \(faults) tries in \(seconds) s, with a wait of "
        + "\(Int((pause / .seconds(1)).rounded(.up))) s to come; run again later")
  }

  private func exchange(
    _ call: StoreCall, within time: Duration
  ) throws(ObjectStoreError) -> HTTPReply {
    switch call.uri.place {
    case .store(let bucket, let key):
      return session.exchange(try request(call, bucket: bucket, key: key, within: time))
    case .web(let url): return followed(call, url, within: time)
    }
  }

  private func request(
    _ call: StoreCall, bucket: String, key: String, within time: Duration
  ) throws(ObjectStoreError) -> HTTPRequest {
    let address = try StoreAddress(bucket: bucket, configuration)
    let path = address.path(of: key)
    let query = RequestSignature.queryText(call.query)
    var request = HTTPRequest(
      call.method, "\(address.scheme)://\(address.host)\(path)\(query.isEmpty ? "" : "?" + query)",
      maximumBytes: call.maximumBytes)
    switch configuration.access {
    case .missing(let words): throw ObjectStoreError(.noCredentials, "\(call.uri): \(words)")
    case .anonymous: request.fields = call.fields
    case .signed(let credentials):
      let signature = RequestSignature(
        credentials: credentials, region: configuration.region, time: configuration.now())
      request.fields = signature.sign(
        method: call.method, host: address.host, path: path, query: call.query,
        fields: call.fields, body: call.bodyDigest)
    }
    return completed(request, call, within: time)
  }

  private func completed(
    _ request: HTTPRequest, _ call: StoreCall, within time: Duration
  ) -> HTTPRequest {
    var request = request
    request.fields.append(("user-agent", "weft/\(WeftVersion.current)"))
    request.body = call.body
    request.time = time
    request.certificates = configuration.certificates
    return request
  }

  /// Asks a web server, and where it sends on to another address, that one.
  private func followed(_ call: StoreCall, _ url: String, within time: Duration) -> HTTPReply {
    var url = url
    var redirects = 0
    while true {
      var request = HTTPRequest(call.method, url, maximumBytes: call.maximumBytes)
      request.fields = call.fields
      let reply = session.exchange(completed(request, call, within: time))
      guard reply.fault == nil, let location = reply.head.location,
        let base = WebURL(parsing: url), let target = WebURL(parsing: location, base: base),
        redirects < Self.maximumRedirects,
        // What was asked for under TLS is not asked for without.
        target.scheme == "https" || target.scheme == base.scheme,
        ["http", "https"].contains(target.scheme), target.username.isEmpty,
        target.password.isEmpty
      else { return reply }
      url = String(target.serialized.prefix { $0 != "#" })
      redirects += 1
    }
  }
}
