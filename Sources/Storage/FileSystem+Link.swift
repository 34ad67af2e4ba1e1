internal import Glibc

extension FileSystem {
  /// Gives a file a second name, durably, unless something has that name already.
  ///
  /// Of any number of processes that give one name, on any machines that share the file system, one
  /// succeeds. The directory of the new name is made where it is missing.
  ///
  /// - Returns: Whether the name is that of the file.
  /// - Throws: ``StorageError`` where the file system has no hard links, or cannot write.
  public static func link(_ path: String, as newPath: String) throws(StorageError) -> Bool {
    let parent = newPath.lastIndex(of: "/").map { String(newPath[..<$0]) } ?? "."
    try Directory.make(parent)
    if Glibc.link(path, newPath) != 0 {
      let error = StorageError.last(.link, newPath)
      // A network file system may lose the answer of a call that worked, and try it again.
      guard error.errorNumber == EEXIST else { throw error }
      return areSame(path, newPath)
    }
    try Directory.sync(parent)
    return true
  }

  private static func areSame(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }
}
