internal import Glibc

/// A lock that one process at a time can hold; it ends with the process, however that ends.
public final class FileLock {
  private let descriptor: Int32

  /// Takes the lock that a file stands for; `nil` where another process holds it.
  ///
  /// The file is made where it is missing and is never removed.
  ///
  /// - Throws: ``StorageError`` where the file cannot be opened.
  public init?(path: String) throws(StorageError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last(.open, path) }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
