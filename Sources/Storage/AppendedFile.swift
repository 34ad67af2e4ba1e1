internal import Glibc

/// A log: a file that grows by whole writes and can be cut back to an earlier length.
///
/// Unlike ``AtomicFile`` it is read while it grows, so each append reaches the file at once.
public final class AppendedFile {
  /// The path of the file.
  public let path: String
  /// The size in bytes.
  public private(set) var count: Int64

  private let descriptor: Int32

  /// Opens a file at a length; it and its directory are made where they are missing.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - length: How many bytes to keep of a file that exists; `nil` keeps all.
  /// - Throws: ``StorageError`` where the file cannot be opened or cut.
  /// - Precondition: A length that is given is not negative.
  public init(path: String, keeping length: Int64? = nil) throws(StorageError) {
    self.path = path
    if let slash = path.lastIndex(of: "/") { try Directory.make(String(path[..<slash])) }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last(.open, path) }
    self.descriptor = descriptor
    let size = FileSystem.size(path) ?? 0
    count = min(length ?? size, size)
    precondition(count >= 0, "a file has no negative length")
    if count < size && ftruncate(descriptor, off_t(count)) != 0 { throw .last(.write, path) }
  }

  deinit { close(descriptor) }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``StorageError`` where the disk is full or broken.
  public func append(_ bytes: [UInt8]) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      let result = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw .last(.write, path)
      }
      written += result
    }
    count += Int64(bytes.count)
  }

  /// Makes what was added durable.
  public func sync() throws(StorageError) {
    if fsync(descriptor) != 0 { throw .last(.sync, path) }
  }
}
