internal import Foundation

/// A value that one thread at a time uses.
///
/// `Synchronization.Mutex` would do as well, but ThreadSanitizer does not see what it orders.
final class Locked<Value>: @unchecked Sendable {
  // The value is touched only while the lock is held.
  private var value: Value
  private let lock = NSLock()

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
