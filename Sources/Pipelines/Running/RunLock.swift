internal import Documents
internal import Storage

/// The right to change a run directory, which one process at a time has.
final class RunLock {
  private let lock: FileLock

  /// Takes it.
  ///
  /// - Throws: ``RunError`` where another process has it.
  init(_ directory: RunDirectory) throws {
    guard let lock = try FileLock(path: directory.path(".lock")) else {
      throw RunError(
        .directory, "another weft is at work in '\(directory.root)'; wait for it or stop it first")
    }
    self.lock = lock
  }
}
