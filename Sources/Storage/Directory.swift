internal import Glibc

/// Directories: making, listing, syncing.
public enum Directory {
  /// Makes a directory and those above it; it is no error where it exists.
  public static func make(_ path: String) throws(StorageError) {
    if path.isEmpty || isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try make(String(path[..<slash]))
    }
    if mkdir(path, 0o755) != 0 && errno != EEXIST { throw .last(.makeDirectory, path) }
  }

  /// The names in a directory, sorted by their bytes, without `.` and `..`.
  public static func names(in path: String) throws(StorageError) -> [String] {
    guard let handle = opendir(path) else { throw .last(.list, path) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path names a directory.
  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes the names in a directory durable.
  public static func sync(_ path: String) throws(StorageError) {
    let descriptor = open(path.isEmpty ? "/" : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(.open, path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last(.sync, path) }
  }

  /// Gives a directory another name in the same parent, at once and durably.
  ///
  /// - Precondition: No directory that holds anything has the new name.
  /// - Throws: ``StorageError`` where the directory cannot be renamed.
  public static func rename(_ path: String, to newPath: String) throws(StorageError) {
    guard Glibc.rename(path, newPath) == 0 else { throw .last(.rename, newPath) }
    let slash = newPath.lastIndex(of: "/")
    try sync(slash.map { String(newPath[..<$0]) } ?? ".")
  }

  /// Removes a directory and all that is in it; it is no error where there is none.
  public static func remove(_ path: String) throws(StorageError) {
    guard isDirectory(path) else { return }
    for name in try names(in: path) {
      let inner = path + "/" + name
      var status = stat()
      if lstat(inner, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR {
        try remove(inner)
      } else if unlink(inner) != 0 {
        throw .last(.remove, inner)
      }
    }
    if rmdir(path) != 0 { throw .last(.remove, path) }
  }
}
