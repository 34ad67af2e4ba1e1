internal import Dispatch
internal import Synchronization

/// A value that another thread works out while its owner does something else.
final class BackgroundValue<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// Begins to work it out.
  ///
  /// - Parameter body: Called once on another thread, also where nobody asks for the value.
  init(_ body: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let made = Result { try body() }
      result.withLock { $0 = made }
      isDone.signal()
    }
  }

  /// Waits for the value; asked once.
  func get() throws -> Value {
    isDone.wait()
    guard let made = result.withLock({ $0 }) else {
      preconditionFailure("the result is there before the signal")
    }
    return try made.get()
  }
}
