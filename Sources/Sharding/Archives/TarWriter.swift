public import Storage

/// Writes a tar archive whose bytes are a function of its files' names and contents.
///
/// Files have mode 0644, no owner and time 0, in the ustar form. The archive appears under its name
/// whole or not at all.
public final class TarWriter {
  private let file: AtomicFile

  /// Begins an archive.
  ///
  /// - Throws: `StorageError` where the file cannot be made.
  public init(path: String) throws(StorageError) { file = try AtomicFile(path: path) }

  /// The bytes written so far.
  public var byteCount: Int64 { file.count }

  /// Adds a file.
  ///
  /// - Precondition: The name has from 1 to 100 bytes and none is zero; the content is below 8 GiB.
  public func add(_ content: some Collection<UInt8>, as name: String) throws(StorageError) {
    let length = name.utf8.count
    precondition(
      (1...TarHeader.nameLimit).contains(length) && !name.utf8.contains(0),
      "a name of a tar entry has from 1 to 100 bytes")
    precondition(content.count <= TarHeader.sizeLimit, "a tar entry is below 8 GiB")
    try file.write(TarHeader.bytes(name: name, size: content.count))
    try file.write(content)
    let excess = content.count % TarHeader.blockSize
    if excess > 0 { try file.write(repeatElement(0, count: TarHeader.blockSize - excess)) }
  }

  /// Ends the archive and gives it its name.
  public func commit() throws(StorageError) {
    try file.write(repeatElement(0, count: 2 * TarHeader.blockSize))
    try file.commit()
  }
}
