internal import Glibc

/// A file, a pipe or a device as bytes that come once, one after the other.
public final class ByteStream {
  /// The path the stream was opened by.
  public let path: String
  private let descriptor: Int32

  /// Opens a stream; on a named pipe this waits for who writes to it.
  ///
  /// - Throws: ``StorageError`` where it cannot be opened.
  public init(path: String) throws(StorageError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(.open, path) }
    self.path = path
  }

  deinit { close(descriptor) }

  /// Reads the next bytes: as many as were asked for, fewer where the stream ends.
  ///
  /// - Throws: ``StorageError`` where they cannot be read.
  public func read(_ count: Int) throws(StorageError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let found = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
      }
      if found == 0 { break }
      if found < 0 {
        if errno == EINTR { continue }
        throw .last(.read, path)
      }
      filled += found
    }
    bytes.removeLast(count - filled)
    return bytes
  }
}
