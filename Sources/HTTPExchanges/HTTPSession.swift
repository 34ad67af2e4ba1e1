internal import CFetch
internal import Storage
internal import Synchronization

/// Makes requests and waits for them, over connections that are kept.
///
/// Any number of threads may use it; each request has a connection of its own while it lasts.
package final class HTTPSession: Sendable {
  private let idle = Mutex<[Handle]>([])

  /// Makes a session without connections.
  package init() {}

  /// Makes a request and waits for its end.
  ///
  /// A fault of the network is part of the reply.
  package func exchange(_ request: HTTPRequest) -> HTTPReply {
    guard request.isSendable else {
      return HTTPReply(fault: .malformed, message: "a control character in the request")
    }
    guard let handle = idle.withLock({ $0.popLast() }) ?? Handle() else {
      return HTTPReply(fault: .noResources, message: "no memory for a connection")
    }
    defer { idle.withLock { $0.append(handle) } }
    return handle.exchange(request)
  }
}

/// A session of the C library, which one thread at a time uses.
private final class Handle: @unchecked Sendable {
  // It is handed from thread to thread under the lock of who keeps it.
  private let session: OpaquePointer

  init?() {
    guard let session = CFetch_newSession() else { return nil }
    self.session = session
  }

  deinit { CFetch_freeSession(session) }

  func exchange(_ request: HTTPRequest) -> HTTPReply {
    let collector = Collector(request)
    var result = CFetch_Result()
    let context = Unmanaged.passUnretained(collector).toOpaque()
    request.withExchange { exchange in
      withUnsafePointer(to: exchange) {
        CFetch_exchange(
          session, $0,
          { Collector.of($0).headerLine(UnsafeBufferPointer(start: $1, count: $2)) },
          { Collector.of($0).body(UnsafeBufferPointer(start: $1, count: $2)) }, context, &result)
      }
    }
    withExtendedLifetime(collector) {}
    return collector.reply(result)
  }
}

/// Takes what comes of a response.
private final class Collector {
  private var reply = HTTPReply()
  private var isTooLarge = false
  private let request: HTTPRequest
  /// The most memory that is taken before the bytes have come.
  private static let reservedBytes: Int64 = 1 << 24

  init(_ request: HTTPRequest) { self.request = request }

  static func of(_ context: UnsafeMutableRawPointer) -> Collector {
    Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
  }

  func headerLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    reply.head.add(Array(line))
    return !reply.head.isTooLong
  }

  func body(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let isSuccess = 200..<300 ~= reply.head.status
    let limit = isSuccess ? request.maximumBytes : HTTPRequest.errorBytes
    guard reply.body.count + bytes.count <= limit else {
      isTooLarge = true
      return false
    }
    if reply.body.isEmpty, let length = reply.head.contentLength, length > 0 {
      reply.body.reserveCapacity(
        Int(min(length, Self.reservedBytes, Int64(request.maximumBytes))))
    }
    reply.body.append(contentsOf: bytes)
    return true
  }

  func reply(_ result: CFetch_Result) -> HTTPReply {
    var reply = reply
    reply.message = withUnsafeBytes(of: result.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    reply.fault = fault(result.ending)
    if reply.fault == nil && !reply.head.isComplete { reply.fault = .malformed }
    return reply
  }

  private func fault(_ ending: CFetch_Ending) -> HTTPReply.Fault? {
    switch ending {
    case CFetch_complete: nil
    case CFetch_stopped: isTooLarge ? .tooLarge : .malformed
    case CFetch_unresolved: .unresolved
    case CFetch_unconnected, CFetch_addressRefused: .unconnected
    case CFetch_handshakeFailed, CFetch_certificateRefused: .untrusted
    case CFetch_timedOut, CFetch_tooSlow: .late
    case CFetch_tooLarge: .tooLarge
    case CFetch_malformed: .malformed
    case CFetch_noResources: .noResources
    default: .broken
    }
  }
}

extension HTTPRequest {
  /// A line break in a field would begin another one.
  fileprivate var isSendable: Bool {
    let texts = [method, url] + fields.flatMap { [$0.name, $0.value] }
    return texts.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }
  }

  /// Calls a function with the request in the form of C.
  fileprivate func withExchange(_ call: (CFetch_Exchange) -> Void) {
    let texts = [method, url] + fields.map { "\($0.name): \($0.value)" }
    withCStrings(texts + [certificates].compactMap { $0 }) { pointers in
      pointers.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        body.withPointer { bytes, count in
          call(
            CFetch_Exchange(
              method: buffer[0], url: buffer[1], fields: start + 2, fieldCount: fields.count,
              body: bytes, bodyBytes: count,
              certificates: certificates == nil ? nil : buffer[buffer.count - 1],
              totalMilliseconds: max(1, time.milliseconds),
              connectMilliseconds: max(1, min(connectTime, time).milliseconds),
              slowBytes: slowBytes, slowSeconds: slowSeconds,
              maximumBytes: Int64(max(maximumBytes, HTTPRequest.errorBytes))))
        }
      }
    }
  }

  private func withCStrings(_ texts: [String], _ call: ([UnsafePointer<CChar>]) -> Void) {
    // All lie in one buffer, so that their number needs no recursion.
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
      starts.append(bytes.count)
      bytes.append(contentsOf: text.utf8CString)
    }
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      call(starts.map { base + $0 })
    }
  }
}

extension HTTPRequest.Body {
  /// Calls a function with the bytes; no body has no pointer, one of no bytes has.
  fileprivate func withPointer(_ call: (UnsafePointer<UInt8>?, Int) -> Void) {
    switch self {
    case .none: call(nil, 0)
    case .bytes(let bytes):
      (bytes.isEmpty ? [0] : bytes).withUnsafeBufferPointer { call($0.baseAddress, bytes.count) }
    case .file(let file, let range):
      if range.isEmpty { return HTTPRequest.Body.bytes([]).withPointer(call) }
      file.withBytes { buffer in
        call(
          buffer.baseAddress?.advanced(by: range.lowerBound).assumingMemoryBound(to: UInt8.self),
          range.count)
      }
    }
  }
}

extension Duration {
  /// The whole milliseconds, capped where they would not fit C's `int`.
  package var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(min(seconds, 2_000_000)) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
