import Foundation
import Hashing
import Sockets
import Synchronization

/// A store on loopback that speaks enough of S3, verifies signatures, and fails as a test wants it to.
///
/// What lies in the bucket `public` is given to everybody, so that it stands for a web server too.
public final class StoreServer: Sendable {
  /// What the server knows of an object.
  public struct Object: Sendable {
    /// The bytes.
    public var bytes: [UInt8]
    /// The entity tag, with its quotation marks.
    public var tag: String
    /// The fields of its own that were sent with it.
    public var meta: [String: String] = [:]
  }

  struct State {
    var buckets: [String: [String: Object]]
    var uploads: [String: [Int: [UInt8]]] = [:]
    var uploadMeta: [String: [String: String]] = [:]
    var requests: [StoreRequest] = []
    var script: @Sendable (StoreRequest, Int) -> StoreAnswer? = { _, _ in nil }
    var change: @Sendable (StoreRequest, StoreAnswer) -> StoreAnswer = { $1 }
  }

  /// The access key that is known.
  public static let accessKey = "AKIDEXAMPLE"
  /// Its secret.
  public static let secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

  private let socket: ListeningSocket
  let state: Mutex<State>
  private let check = SignatureCheck(accessKey: accessKey, secretKey: secretKey)

  /// Starts a server with empty buckets.
  public init(buckets: [String] = ["bucket", "public"]) throws {
    socket = try ListeningSocket(loopbackPort: 0)
    state = Mutex(State(buckets: Dictionary(uniqueKeysWithValues: buckets.map { ($0, [:]) })))
    let socket = socket
    Thread.detachNewThread { [weak self] in
      while let connection = socket.accept() {
        guard self != nil else { return }
        Thread.detachNewThread { [weak self] in self?.serve(connection) }
      }
    }
  }

  deinit { socket.stop() }

  /// The address of the server.
  public var endpoint: String { "http://127.0.0.1:\(socket.port)" }

  /// Puts an object there without a request.
  public func put(_ bytes: [UInt8], _ key: String, in bucket: String = "bucket") {
    state.withLock {
      $0.buckets[bucket, default: [:]][key] = Object(bytes: bytes, tag: Self.tag(bytes))
    }
  }

  /// An object's bytes.
  public func bytes(_ key: String, in bucket: String = "bucket") -> [UInt8]? {
    state.withLock { $0.buckets[bucket]?[key]?.bytes }
  }

  /// The keys of a bucket.
  public func keys(in bucket: String = "bucket") -> [String] {
    state.withLock { ($0.buckets[bucket] ?? [:]).keys.sorted() }
  }

  /// How many uploads in parts have neither ended nor been given up.
  public var openUploads: Int { state.withLock { $0.uploads.count } }

  /// The requests so far.
  public var requests: [StoreRequest] { state.withLock { $0.requests } }

  /// Answers in the place of the store where the function gives one; it is told how many requests came before.
  public func script(_ script: @escaping @Sendable (StoreRequest, Int) -> StoreAnswer?) {
    state.withLock { $0.script = script }
  }

  /// Changes what the store answers.
  public func change(_ change: @escaping @Sendable (StoreRequest, StoreAnswer) -> StoreAnswer) {
    state.withLock { $0.change = change }
  }

  static func tag(_ bytes: [UInt8]) -> String {
    "\"\("\(SHA256Text.of(bytes))".prefix(32))\""
  }

  private func serve(_ connection: Connection) {
    let deadline = ContinuousClock.now + .seconds(60)
    var pending: [UInt8] = []
    while let request = Self.read(from: connection, &pending, deadline) {
      let number = state.withLock { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      let (script, change) = state.withLock { ($0.script, $0.change) }
      let answer = script(request, number) ?? change(request, answer(to: request))
      if answer.delay > 0 { Thread.sleep(forTimeInterval: answer.delay) }
      if !Self.send(answer, to: connection, isHead: request.method == "HEAD", deadline) { return }
    }
  }

  private func answer(to request: StoreRequest) -> StoreAnswer {
    let parts = request.path.dropFirst().split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let bucket = String(parts.first ?? "")
    let key = parts.count > 1 ? String(parts[1]).removingPercentEncoding ?? "" : ""
    if bucket != "public" || request.method != "GET" && request.method != "HEAD" {
      if let fault = check.fault(of: request, now: Date()) {
        return .error(403, fault, "no \(Self.accessKey) \(Self.secretKey)")
      }
    }
    return state.withLock { $0.answer(to: request, bucket: bucket, key: key) }
  }

  private static func read(
    from connection: Connection, _ pending: inout [UInt8],
    _ deadline: ContinuousClock.Instant
  ) -> StoreRequest? {
    let mark = Array("\r\n\r\n".utf8)
    var end: Int?
    while end == nil {
      if let found = pending.firstRange(of: mark) { end = found.upperBound; break }
      guard let more = try? connection.receive(atMost: 1 << 16, until: deadline), !more.isEmpty
      else { return nil }
      pending += more
    }
    guard let end,
      var request = StoreRequest(head: String(decoding: pending[..<(end - 4)], as: UTF8.self))
    else { return nil }
    let length = Int(request.fields["content-length"] ?? "0") ?? 0
    while pending.count < end + length {
      guard let more = try? connection.receive(atMost: 1 << 18, until: deadline), !more.isEmpty
      else { return nil }
      pending += more
    }
    request.body = Array(pending[end..<end + length])
    pending.removeFirst(end + length)
    return request
  }

  /// Sends an answer; false where the connection ends with it.
  private static func send(
    _ answer: StoreAnswer, to connection: Connection, isHead: Bool,
    _ deadline: ContinuousClock.Instant
  ) -> Bool {
    var head = "HTTP/1.1 \(answer.status) X\r\n"
    for (name, value) in answer.fields { head += "\(name): \(value)\r\n" }
    if !answer.fields.contains(where: { $0.0 == "Content-Length" }) {
      head += "Content-Length: \(answer.statedLength ?? answer.body.count)\r\n"
    }
    let body = isHead ? [] : Array(answer.body.prefix(answer.sentBytes ?? answer.body.count))
    let isSent =
      (try? connection.send(Array((head + "\r\n").utf8) + body, until: deadline)) != nil
    if answer.sentBytes != nil || answer.statedLength != nil {
      connection.finish(until: ContinuousClock.now)
      return false
    }
    return isSent
  }
}
