internal import Glibc

/// A file that cannot be read or written, with the path and the operating system's reason.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was attempted.
  public enum Operation: String, Hashable, Sendable {
    case open, read, write, sync, rename, link, remove, list, makeDirectory, map
  }

  /// What was attempted.
  public var operation: Operation
  /// The file or directory.
  public var path: String
  /// The operating system's `errno`.
  public var errorNumber: Int32

  /// Makes an error from its parts.
  public init(_ operation: Operation, path: String, errorNumber: Int32) {
    self.operation = operation
    self.path = path
    self.errorNumber = errorNumber
  }

  /// Whether the disk or the quota is full.
  public var isFull: Bool { errorNumber == ENOSPC || errorNumber == EDQUOT }

  /// What was attempted, on what, and why it failed.
  public var description: String {
    "cannot \(operation.words) '\(path)': \(Self.message(of: errorNumber))"
      + (isFull ? "; free some space and run the same command again to go on" : "")
  }

  static func last(_ operation: Operation, _ path: String) -> StorageError {
    StorageError(operation, path: path, errorNumber: errno)
  }

  private static func message(of number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
  }
}

extension StorageError.Operation {
  fileprivate var words: String {
    switch self {
    case .makeDirectory: "make the directory"
    case .list: "list the directory"
    case .map: "map"
    default: rawValue
    }
  }
}
