import Glibc

/// One connection of the hostile server: the request at hand and what is left of its script.
final class Connection {
  let socket: Int32
  private(set) var current: Request?
  private(set) var isClosed = false
  private var input: [UInt8] = []
  private var steps: ArraySlice<Step> = []
  private var output: ArraySlice<UInt8> = []
  private var pausedUntil: ContinuousClock.Instant?

  init(_ socket: Int32) { self.socket = socket }

  func close() {
    if !isClosed { Glibc.close(socket) }
    isClosed = true
  }

  /// What to wait for: to write while a script goes on, and always to read, if only the end.
  func events(_ now: ContinuousClock.Instant) -> Int16 {
    let isWriting = current != nil && (pausedUntil ?? now) <= now
    return Int16(POLLIN) | (isWriting ? Int16(POLLOUT) : 0)
  }

  /// In how many milliseconds a pause ends.
  func resumes(_ now: ContinuousClock.Instant) -> Int? {
    pausedUntil.map { max(0, Int(($0 - now) / .milliseconds(1)) + 1) }
  }

  /// Reads what has come; a request where one is complete and no other is at hand.
  func read() -> Request? {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count == 0 || (count < 0 && errno != EAGAIN) {
      close()
      return nil
    }
    if count > 0 { input += buffer[..<count] }
    // A TLS handshake, which this server does not speak.
    if input.first == 0x16 { close() }
    guard current == nil, let request = Request(input) else { return nil }
    input = []
    return request
  }

  func start(_ script: [Step], for request: Request) {
    current = request
    steps = script[...]
  }

  /// Works on the script; the host of a request that has been answered in full.
  func write(_ now: ContinuousClock.Instant) -> String? {
    while let request = current, !isClosed {
      if let until = pausedUntil {
        if until > now { return nil }
        pausedUntil = nil
      }
      if !output.isEmpty {
        if !flush() { return nil }
        continue
      }
      guard let step = steps.first else {
        current = nil
        return request.host
      }
      perform(step, now)
    }
    return nil
  }

  private func perform(_ step: Step, _ now: ContinuousClock.Instant) {
    switch step {
    case .send(let bytes): output = bytes[...]
    case .pause(let milliseconds): pausedUntil = now + .milliseconds(milliseconds)
    case .forever(let bytes, let milliseconds):
      output = bytes[...]
      if milliseconds > 0 { pausedUntil = now + .milliseconds(milliseconds) }
      return
    case .close: close()
    case .reset:
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      close()
    }
    steps = steps.dropFirst()
  }

  private func flush() -> Bool {
    let count = output.withUnsafeBytes {
      send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count < 0 {
      if errno != EAGAIN { close() }
      return false
    }
    output = output.dropFirst(count)
    return true
  }
}
