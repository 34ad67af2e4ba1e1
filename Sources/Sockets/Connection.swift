internal import Glibc

/// One connection, used by one thread at a time and closed with its last reference.
public final class Connection: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Connects to a port of 127.0.0.1.
  ///
  /// - Throws: ``SocketError`` where nobody listens there.
  public init(loopbackPort port: UInt16) throws(SocketError) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SocketError("make a socket", errno) }
    var address = Loopback.address(port: port)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = Loopback.withGeneric(&address) { connect(descriptor, $0, size) }
    if connected != 0 { throw SocketError("connect to port \(port) of 127.0.0.1", errno) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for bytes and returns at most `limit` of them; none where the other side has ended.
  ///
  /// - Throws: ``SocketError`` where the deadline passed or the connection broke.
  public func receive(
    atMost limit: Int, until deadline: ContinuousClock.Instant
  ) throws(SocketError) -> [UInt8] {
    precondition(limit > 0, "at least one byte is asked for")
    var bytes = [UInt8](repeating: 0, count: limit)
    while true {
      try wait(for: Int16(POLLIN), until: deadline)
      let count = bytes.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress, limit, Int32(MSG_DONTWAIT))
      }
      if count >= 0 { return Array(bytes.prefix(count)) }
      if errno != EAGAIN && errno != EINTR { throw SocketError("read a request", errno) }
    }
  }

  /// Sends bytes.
  ///
  /// - Throws: ``SocketError`` where the deadline passed or the connection broke.
  public func send(
    _ bytes: [UInt8], until deadline: ContinuousClock.Instant
  ) throws(SocketError) {
    var sent = 0
    while sent < bytes.count {
      try wait(for: Int16(POLLOUT), until: deadline)
      let count = bytes.withUnsafeBytes { buffer in
        // Without a signal where the other side has gone.
        Glibc.send(
          descriptor, buffer.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if count < 0 && errno != EAGAIN && errno != EINTR {
        throw SocketError("send a response", errno)
      }
    }
  }

  /// Ends sending and passes over what still comes, a little.
  ///
  /// A connection that is closed with bytes unread is reset, and the other side may lose the response
  /// before it has read it (RFC 9112, §9.6).
  public func finish(until deadline: ContinuousClock.Instant) {
    shutdown(descriptor, Int32(SHUT_WR))
    for _ in 0..<64 {
      guard let rest = try? receive(atMost: 1 << 16, until: deadline), !rest.isEmpty else { return }
    }
  }

  private func wait(
    for events: Int16, until deadline: ContinuousClock.Instant
  ) throws(SocketError) {
    while true {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { throw SocketError("wait for the other side", ETIMEDOUT) }
      var request = pollfd(fd: descriptor, events: events, revents: 0)
      let count = poll(&request, 1, Int32(min(left.rounded(.up), 60_000)))
      if count > 0 { return }
      if count < 0 && errno != EINTR { throw SocketError("wait for the other side", errno) }
    }
  }
}
