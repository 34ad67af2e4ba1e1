internal import Synchronization

/// Lets at most a number of threads through at once and turns the others away.
final class Gate: Sendable {
  private let room: Mutex<Int>

  init(_ count: Int) { room = Mutex(count) }

  /// Runs a function; `nil` where too many are running.
  func pass<Value>(_ body: () throws -> Value) rethrows -> Value? {
    let isFree = room.withLock { room in
      if room == 0 { return false }
      room -= 1
      return true
    }
    guard isFree else { return nil }
    defer { room.withLock { $0 += 1 } }
    return try body()
  }
}
