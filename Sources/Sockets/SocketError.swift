internal import Glibc

/// A system call on a socket that failed.
public struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, in words.
  public var operation: String
  /// The number of the error; `ETIMEDOUT` where a deadline passed.
  public var number: Int32

  /// Makes an error of a number of `errno.h`.
  init(_ operation: String, _ number: Int32) {
    self.operation = operation
    self.number = number
  }

  /// Whether a deadline passed.
  public var isTimeout: Bool { number == ETIMEDOUT }

  /// What was tried, and what the system says of it.
  public var description: String {
    let text = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return "cannot \(operation): \(text)"
  }
}
