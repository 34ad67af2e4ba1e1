internal import Storage

/// Reads the files of a tar archive one after the other, memory-mapped, every bound checked.
///
/// The ustar and GNU forms are read; directories, links and the extended headers that Python's
/// `tarfile` writes for times are passed over.
public struct TarReader: Sendable {
  /// One file of an archive.
  public struct Entry: Hashable, Sendable {
    /// The file's name.
    public var name: String
    /// Its bytes in the archive.
    public var range: Range<Int>

    /// The key of the sample it belongs to: the name up to the first dot of its last component, as in
    /// WebDataset.
    public var key: String { String(name.utf8.prefix(keyCount)) ?? name }

    /// What follows the key and its dot: `json`, `0.jpg`.
    public var suffix: String { String(name.utf8.dropFirst(keyCount + 1)) ?? "" }

    private var keyCount: Int {
      let bytes = Array(name.utf8)
      let component = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
      return bytes[component...].firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    }
  }

  private let file: MappedFile
  private var offset = 0

  /// Opens an archive.
  ///
  /// - Throws: ``ShardingError`` where it cannot be opened.
  public init(path: String) throws(ShardingError) {
    do throws(StorageError) { file = try MappedFile(path: path) } catch {
      throw ShardingError(error)
    }
  }

  /// The path the archive was opened by.
  public var path: String { file.path }

  /// Gives the next file; `nil` at the archive's end.
  ///
  /// - Throws: ``ShardingError`` where the archive is damaged or cut short.
  public mutating func next() throws(ShardingError) -> Entry? {
    while true {
      guard file.count - offset >= TarHeader.blockSize else {
        throw fault("it ends at byte \(file.count) without its closing blocks: it was cut short")
      }
      let block = file.copy(offset..<offset + TarHeader.blockSize)
      if block.allSatisfy({ $0 == 0 }) { return nil }
      guard let header = TarHeader(block[...]) else {
        throw fault("the header at byte \(offset) is damaged")
      }
      let start = offset + TarHeader.blockSize
      guard header.size <= file.count - start else {
        throw fault("'\(header.name)' is said to have \(header.size) bytes: it was cut short")
      }
      let padding = (TarHeader.blockSize - header.size % TarHeader.blockSize) % TarHeader.blockSize
      offset = min(file.count, start + header.size + padding)
      if replacesName(header, start) {
        throw fault("the entry at byte \(start) has a name of more than 100 bytes")
      }
      if header.kind == UInt8(ascii: "0") || header.kind == 0 {
        return Entry(name: header.name, range: start..<start + header.size)
      }
    }
  }

  /// Copies a file's bytes.
  public func bytes(of entry: Entry) -> [UInt8] { file.copy(entry.range) }

  /// Whether an extended header gives the entry after it another name.
  private func replacesName(_ header: TarHeader, _ start: Int) -> Bool {
    switch header.kind {
    case UInt8(ascii: "L"): return true
    case UInt8(ascii: "x"), UInt8(ascii: "g"):
      let records = file.copy(start..<start + min(header.size, 1 << 16))
      return records.split(separator: 0x0A).contains { record in
        record.drop { $0 != 0x20 }.dropFirst().starts(with: "path=".utf8)
      }
    default: return false
    }
  }

  private func fault(_ message: String) -> ShardingError {
    ShardingError(.damaged, path: file.path, message + "; make the archive again")
  }
}
