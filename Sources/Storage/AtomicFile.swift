internal import Glibc

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary name in the same directory; ``commit()`` syncs them, renames the file and
/// syncs the directory, so that after a crash the name holds either the old file, the new one or none.
/// A file that goes out of scope uncommitted is removed.
public final class AtomicFile {
  /// The name the file will have.
  public let path: String
  /// How many bytes were written so far.
  public private(set) var count: Int64 = 0

  private let temporaryPath: String
  private var descriptor: Int32
  private var pending: [UInt8] = []
  private static let bufferSize = 1 << 18

  /// Begins a file; its directory is made where it is missing.
  ///
  /// - Throws: ``StorageError`` where the temporary file cannot be made.
  public init(path: String) throws(StorageError) {
    self.path = path
    temporaryPath = path + Self.temporarySuffix + String(getpid())
    let slash = path.lastIndex(of: "/")
    if let slash { try Directory.make(String(path[..<slash])) }
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last(.open, temporaryPath) }
    pending.reserveCapacity(Self.bufferSize)
  }

  /// What stands between a file's name and the writer's process number in a temporary name.
  static let temporarySuffix = ".weft-partial."

  /// Removes what writers that were killed left in a directory and in those below it.
  ///
  /// - Parameter skipped: The path of a directory below it that is left alone, for others may write there.
  /// - Precondition: Nobody is writing elsewhere.
  public static func removeLeftovers(
    under directory: String, butUnder skipped: String? = nil
  ) throws(StorageError) {
    for name in try Directory.names(in: directory) {
      let path = "\(directory)/\(name)"
      if path == skipped { continue }
      if Directory.isDirectory(path) {
        try removeLeftovers(under: path, butUnder: skipped)
      } else if name.contains(temporarySuffix) {
        try FileSystem.remove(path)
      }
    }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      unlink(temporaryPath)
    }
  }

  /// Adds bytes.
  ///
  /// - Throws: ``StorageError`` where the disk is full or broken.
  public func write(_ bytes: some Collection<UInt8>) throws(StorageError) {
    count += Int64(bytes.count)
    if pending.count + bytes.count > Self.bufferSize {
      try flush()
      if bytes.count > Self.bufferSize {
        let whole = Array(bytes)
        try put(whole)
        return
      }
    }
    pending.append(contentsOf: bytes)
  }

  /// Adds bytes of memory that something else owns.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    count += Int64(bytes.count)
    if pending.count + bytes.count > Self.bufferSize {
      try flush()
      if bytes.count > Self.bufferSize { return try put(bytes) }
    }
    pending.append(contentsOf: bytes)
  }

  /// Adds text as UTF-8.
  public func write(_ text: String) throws(StorageError) { try write(text.utf8) }

  /// Gives the file its name.
  ///
  /// - Throws: ``StorageError`` where bytes cannot be made durable; the old file then stays.
  public func commit() throws(StorageError) {
    precondition(descriptor >= 0, "a file is committed once")
    try flush()
    guard fsync(descriptor) == 0 else { throw .last(.sync, temporaryPath) }
    close(descriptor)
    descriptor = -1
    guard rename(temporaryPath, path) == 0 else {
      let error = StorageError.last(.rename, path)
      unlink(temporaryPath)
      throw error
    }
    let slash = path.lastIndex(of: "/")
    try Directory.sync(slash.map { String(path[..<$0]) } ?? ".")
  }

  /// Writes a whole file at once.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(StorageError) {
    let file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  /// Writes a whole text file at once.
  public static func write(_ text: String, to path: String) throws(StorageError) {
    try write(text.utf8, to: path)
  }

  private func flush() throws(StorageError) {
    if pending.isEmpty { return }
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    try put(bytes)
  }

  private func put(_ bytes: [UInt8]) throws(StorageError) {
    let failure = bytes.withUnsafeBytes { buffer -> StorageError? in
      do throws(StorageError) {
        try put(buffer)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .last(.write, temporaryPath)
      }
      rest = rest.dropFirst(written)
    }
  }
}
