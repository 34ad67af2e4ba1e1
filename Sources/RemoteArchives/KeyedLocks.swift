internal import Foundation

/// A lock for each of many names.
final class KeyedLocks: @unchecked Sendable {
  // The names are used under the condition's lock.
  private let condition = NSCondition()
  private var held: Set<String> = []

  /// Calls a function while no other holds the name.
  func withLock<Value>(_ name: String, _ body: () throws -> Value) rethrows -> Value {
    condition.lock()
    while held.contains(name) { condition.wait() }
    held.insert(name)
    condition.unlock()
    defer {
      condition.lock()
      held.remove(name)
      condition.broadcast()
      condition.unlock()
    }
    return try body()
  }
}
