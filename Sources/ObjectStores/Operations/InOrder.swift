internal import Foundation

/// Values that several threads make ahead of who takes them in order.
enum InOrder {
  /// What the threads and the taker share.
  private final class Shared<Value>: @unchecked Sendable {
    // All state is used under the condition's lock.
    private let condition = NSCondition()
    private var made: [Int: Result<Value, ObjectStoreError>] = [:]
    private var next = 0
    private var taken = 0
    private var isStopped = false
    private let count: Int
    private let ahead: Int

    init(count: Int, ahead: Int) {
      self.count = count
      self.ahead = ahead
    }

    /// The number of the next value to make, once there is room for it; `nil` where no more is wanted.
    func claim() -> Int? {
      condition.lock()
      defer { condition.unlock() }
      while !isStopped, next < count, next >= taken + ahead { condition.wait() }
      guard !isStopped, next < count else { return nil }
      next += 1
      return next - 1
    }

    func put(_ value: Result<Value, ObjectStoreError>, at index: Int) {
      condition.lock()
      defer { condition.unlock() }
      made[index] = value
      condition.broadcast()
    }

    /// Waits for the value of a number.
    func take(_ index: Int) -> Result<Value, ObjectStoreError> {
      condition.lock()
      defer { condition.unlock() }
      while true {
        if let value = made.removeValue(forKey: index) {
          taken = index + 1
          condition.broadcast()
          return value
        }
        condition.wait()
      }
    }

    func stop() {
      condition.lock()
      defer { condition.unlock() }
      isStopped = true
      made = [:]
      condition.broadcast()
    }
  }

  /// Makes values on several threads and hands them over in order.
  ///
  /// Where it ends early, threads that wait for a server end by themselves, and what they bring is dropped.
  ///
  /// - Parameters:
  ///   - count: How many values there are.
  ///   - threads: How many are made at once.
  ///   - ahead: How many more may wait to be taken.
  static func make<Value: Sendable>(
    _ count: Int, threads: Int, ahead: Int,
    _ make: @escaping @Sendable (Int) throws(ObjectStoreError) -> Value,
    take: (Value) throws -> Void
  ) throws {
    if threads <= 1 || count <= 1 {
      for index in 0..<count { try take(make(index)) }
      return
    }
    let shared = Shared<Value>(count: count, ahead: threads + ahead)
    defer { shared.stop() }
    for number in 0..<min(threads, count) {
      let thread = Thread {
        while let index = shared.claim() {
          shared.put(Result { () throws(ObjectStoreError) in try make(index) }, at: index)
        }
      }
      thread.name = "weft store \(number)"
      thread.start()
    }
    for index in 0..<count { try take(shared.take(index).get()) }
  }
}
