internal import CTorch

/// A store of keys and values that processes find each other by, on this machine or others: c10d's
/// TCPStore, which one of them, or `torchrun`, keeps.
public final class ProcessStore: @unchecked Sendable {
  // Several threads may use the handle: the connection has a lock of its own.
  let handle: OpaquePointer

  /// Connects to a store.
  ///
  /// - Parameters:
  ///   - host: The name or the address of the machine that keeps it.
  ///   - port: Its port; 0 takes a free one, where this process keeps the store.
  ///   - isKept: Whether this process keeps the store for the others.
  ///   - prefix: What parts this use of the store from others.
  ///   - patience: How many seconds connecting, and each later request, may take.
  /// - Throws: ``ProcessError`` where the store does not answer in time, or the port is taken.
  public init(
    host: String, port: Int, isKept: Bool, prefix: String, patience: Double
  ) throws(ProcessError) {
    handle = try made { result in
      CTorch_storeOpen(
        host, UInt16(clamping: port), isKept, milliseconds(patience), prefix, result)
    }
  }

  deinit { CTorch_storeFree(handle) }

  /// The port at which the store is kept.
  public var port: Int { Int(CTorch_storePort(handle)) }

  /// Sets the value of a key.
  public func set(_ key: String, to value: String) throws(ProcessError) {
    let bytes = Array(value.utf8)
    try require(CTorch_storeSet(handle, key, bytes, bytes.count))
  }

  /// Sets the value of a key that has none, and tells the value it has then.
  public func setOnce(_ key: String, to value: String) throws(ProcessError) -> String {
    let bytes = Array(value.utf8)
    let found = try made { CTorch_storeSetOnce(handle, key, bytes, bytes.count, $0) }
    return String(decoding: Tensor(owning: found).bytes(), as: UTF8.self)
  }

  /// The value of a key; `nil` where it has none.
  public func value(of key: String) throws(ProcessError) -> String? {
    var found: OpaquePointer?
    try require(CTorch_storeGet(handle, key, &found))
    return found.map { String(decoding: Tensor(owning: $0).bytes(), as: UTF8.self) }
  }

  /// Adds to the number of a key, which begins at 0, and tells what it is then.
  public func add(_ amount: Int, to key: String) throws(ProcessError) -> Int {
    var sum: Int64 = 0
    try require(CTorch_storeAdd(handle, key, Int64(amount), &sum))
    return Int(sum)
  }
}

/// Throws libtorch's reason where a call failed.
func require(_ status: CTorch_Status) throws(ProcessError) {
  if status == CTorch_ok { return }
  var message = String(cString: CTorch_lastMessage())[...]
  // What follows the first line is a trace of libtorch's own calls, and Gloo begins with a place in its
  // source: `[/gloo/transport/tcp/pair.cc:547] Connection closed by peer`.
  message = message.prefix { $0 != "\n" }
  if message.hasPrefix("[/"), let end = message.firstIndex(of: "]") {
    message = message[message.index(after: end)...].drop { $0 == " " }
  }
  throw ProcessError(description: String(message))
}

/// The handle that a call hands over.
func made(
  _ body: (UnsafeMutablePointer<OpaquePointer?>) -> CTorch_Status
) throws(ProcessError) -> OpaquePointer {
  var handle: OpaquePointer?
  try require(body(&handle))
  guard let handle else { fatalError("a call ended well and handed nothing over") }
  return handle
}

/// Seconds as whole milliseconds.
func milliseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1000).rounded()) }
