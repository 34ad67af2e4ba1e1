internal import Glibc

/// Single files: asking, removing, reading whole.
public enum FileSystem {
  /// Whether a regular file exists under a path.
  public static func isFile(_ path: String) -> Bool { size(path) != nil }

  /// The size of a regular file in bytes; `nil` where there is none.
  public static func size(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  /// Removes a file; it is no error where there is none.
  public static func remove(_ path: String) throws(StorageError) {
    if unlink(path) != 0 && errno != ENOENT { throw .last(.remove, path) }
  }

  /// Reads a whole file.
  ///
  /// - Throws: ``StorageError``; `EFBIG` where it is larger than `limit` bytes.
  public static func read(_ path: String, limit: Int = 1 << 30) throws(StorageError) -> [UInt8] {
    let file = try MappedFile(path: path)
    if file.count > limit { throw StorageError(.read, path: path, errorNumber: EFBIG) }
    return file.copy(0..<file.count)
  }

  /// Reads a whole text file; bytes that are not UTF-8 become U+FFFD.
  public static func readText(_ path: String, limit: Int = 1 << 30) throws(StorageError) -> String {
    String(decoding: try read(path, limit: limit), as: UTF8.self)
  }
}

extension FileSystem {
  /// Gives a file another name in the same file system, in the place of what has that name.
  public static func rename(_ path: String, to other: String) throws(StorageError) {
    guard Glibc.rename(path, other) == 0 else { throw .last(.rename, other) }
  }
}
