internal import CFetch

/// The C engine: starts transfers, waits for them, and hands them back when they have ended.
///
/// All but ``wake()`` belongs to one thread.
final class TransferEngine: @unchecked Sendable {
  // The pointer never changes, and the one function that any thread calls writes to a file
  // descriptor.
  private let engine: OpaquePointer

  init(idleConnections: Int) throws(FetchError) {
    guard let engine = CFetch_newEngine(idleConnections) else {
      throw FetchError(
        .machine, "cannot start fetching: no memory or file descriptors; raise 'ulimit -n'")
    }
    self.engine = engine
  }

  deinit { CFetch_freeEngine(engine) }

  /// Makes ``wait(milliseconds:)`` return soon.
  func wake() { CFetch_wake(engine) }

  /// Waits for events and works on them; false where the engine cannot go on.
  func wait(milliseconds: Int32) -> Bool { CFetch_wait(engine, milliseconds) }

  /// Starts a transfer; false where the machine has no memory for it.
  func start(_ transfer: Transfer, _ options: TransferOptions) -> Bool {
    let context = Unmanaged.passRetained(transfer)
    let handle = options.withRequest { request in
      var request = request
      return CFetch_start(engine, &request, Self.callbacks, context.toOpaque())
    }
    guard let handle else {
      context.release()
      return false
    }
    transfer.handle = handle
    return true
  }

  /// Ends a transfer, which will not be handed back.
  func cancel(_ transfer: Transfer) {
    guard let handle = transfer.handle else { return }
    transfer.handle = nil
    CFetch_cancel(engine, handle)
    Unmanaged.passUnretained(transfer).release()
  }

  /// The next transfer that has ended.
  func next() -> Transfer? {
    var result = CFetch_Result()
    guard CFetch_next(engine, &result), let context = result.context else { return nil }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeRetainedValue()
    transfer.handle = nil
    transfer.end(TransferResult(result))
    return transfer
  }

  private static let callbacks = CFetch_Callbacks(
    mayConnect: { context, bytes, count in
      let address = IPAddress(bytes: Array(UnsafeBufferPointer(start: bytes, count: count)))
      return address.map { transfer(context).mayConnect($0) } ?? false
    },
    headerLine: { context, bytes, count in
      transfer(context).headerLine(Array(UnsafeBufferPointer(start: bytes, count: count)))
    },
    body: { context, bytes, count in
      transfer(context).body(UnsafeBufferPointer(start: bytes, count: count))
    })

  private static func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
  }
}
