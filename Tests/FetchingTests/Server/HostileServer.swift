import Foundation
import Glibc
import Synchronization

@testable import Fetching

/// A server that misbehaves on demand: every path is answered by a script of steps.
///
/// One thread serves all connections with poll(2), on the loopback interface alone.
final class HostileServer: Sendable {
  typealias Script = @Sendable (Request) -> [Step]

  let port: UInt16
  private let listener: Int32
  private let script: Script
  private let log = Locked(Log())
  private let stopped = Atomic<Bool>(false)
  private let done = DispatchSemaphore(value: 0)

  private struct Log {
    var requests: [Request] = []
    var times: [ContinuousClock.Instant] = []
    var underWay: [String: Int] = [:]
    var most: [String: Int] = [:]
    var connections = 0
  }

  init(_ script: @escaping Script) throws {
    self.script = script
    (listener, port) = try Self.listen()
    let thread = Thread { [self] in
      serve()
      close(listener)
      done.signal()
    }
    thread.start()
  }

  /// Answers known paths from a table, and all else with 404.
  convenience init(_ pages: [String: [Step]]) throws {
    try self.init { pages[$0.path] ?? Step.status(404) }
  }

  func stop() {
    stopped.store(true, ordering: .relaxed)
    done.wait()
  }

  /// The address of a path of a host, which need not be a real one.
  func url(_ path: String, host: String = "site.test") -> String { "http://\(host):\(port)\(path)" }

  /// All requests so far, in order.
  var requests: [Request] { log.withLock { $0.requests } }
  /// How many there were.
  var requestCount: Int { log.withLock { $0.requests.count } }
  /// When they came.
  var times: [ContinuousClock.Instant] { log.withLock { $0.times } }
  /// How many connections were accepted.
  var connections: Int { log.withLock { $0.connections } }

  /// How often a path was asked for.
  func count(_ path: String) -> Int { requests.count { $0.path == path } }

  /// The most requests of a host that were under way at a time.
  func mostUnderWay(_ host: String = "site.test") -> Int { log.withLock { $0.most[host] ?? 0 } }

  // MARK: - Serving

  private func serve() {
    var connections: [Connection] = []
    while !stopped.load(ordering: .relaxed) {
      let now = ContinuousClock.now
      var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      polled += connections.map { pollfd(fd: $0.socket, events: $0.events(now), revents: 0) }
      let wait = connections.compactMap { $0.resumes(now) }.min() ?? 20
      poll(&polled, nfds_t(polled.count), Int32(min(20, wait)))
      for (connection, entry) in zip(connections, polled.dropFirst()) {
        work(on: connection, entry.revents)
      }
      for connection in connections where connection.isClosed { forget(connection) }
      connections.removeAll(where: \.isClosed)
      if polled[0].revents != 0 { accept(into: &connections) }
    }
    for connection in connections { connection.close() }
  }

  private func accept(into connections: inout [Connection]) {
    for _ in 0..<64 {
      let socket = Glibc.accept(listener, nil, nil)
      guard socket >= 0 else { return }
      _ = fcntl(socket, F_SETFL, O_NONBLOCK)
      // Else the second part of an answer waits for the first one's acknowledgement.
      var one: Int32 = 1
      setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
      connections.append(Connection(socket))
      log.withLock { $0.connections += 1 }
    }
  }

  private func work(on connection: Connection, _ events: Int16) {
    if events & Int16(POLLIN | POLLHUP | POLLERR) != 0, let request = connection.read() {
      note(request)
      connection.start(script(request), for: request)
    }
    if let host = connection.write(ContinuousClock.now) { leave(host) }
  }

  private func forget(_ connection: Connection) {
    if let host = connection.current?.host { leave(host) }
  }

  private func note(_ request: Request) {
    log.withLock { log in
      log.requests.append(request)
      log.times.append(.now)
      log.underWay[request.host, default: 0] += 1
      log.most[request.host] = max(log.most[request.host] ?? 0, log.underWay[request.host] ?? 0)
    }
  }

  private func leave(_ host: String) { log.withLock { $0.underWay[host, default: 0] -= 1 } }

  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && Glibc.listen(listener, 1024) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw CocoaError(.fileReadUnknown) }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}
