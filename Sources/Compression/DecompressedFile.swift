public import Storage

/// The bytes of a file, decompressed where they are compressed, a window at a time.
///
/// Concatenated members or frames are one file. Memory is bounded by the window.
public struct DecompressedFile: ~Copyable {
  /// What came of reading on.
  public enum Reading: Hashable, Sendable {
    /// The window has more bytes.
    case more
    /// The file is over.
    case ended
    /// The file cannot be read from here on: why.
    case damaged(String)
  }

  /// The file's path.
  public var path: String { file.path }

  private let file: MappedFile
  private let decompressor: StreamDecompressor?
  private var offset = 0
  private var isInsideMember = true

  /// Opens a file of gzip, Zstandard or neither, by the bytes that it begins with.
  ///
  /// - Throws: `StorageError` where it cannot be opened.
  public init(path: String) throws(StorageError) {
    file = try MappedFile(path: path)
    decompressor = CompressionFormat(startOf: file.copy(0..<min(4, file.count)))
      .map { StreamDecompressor($0) }
  }

  /// Opens a file of a format; an empty one is cut short.
  ///
  /// - Throws: `StorageError` where it cannot be opened.
  public init(path: String, format: CompressionFormat) throws(StorageError) {
    file = try MappedFile(path: path)
    decompressor = StreamDecompressor(format)
  }

  /// Reads more into an empty window.
  public mutating func read(into window: inout ByteBuffer) -> Reading {
    let file = file
    guard let decompressor else {
      offset += window.append(file.bytes.extracting(droppingFirst: offset))
      return window.isEmpty ? .ended : .more
    }
    while window.isEmpty {
      if !isInsideMember {
        if offset == file.count { return .ended }
        decompressor.reset()
        isInsideMember = true
      }
      let progress = decompressor.decompress(
        file.bytes.extracting(droppingFirst: offset), into: &window)
      offset += progress.consumed
      switch progress.status {
      case .needsRoom: break
      case .ended: isInsideMember = false
      case .needsInput where progress.produced > 0: break
      case .needsInput: return .damaged("the file is cut short")
      case .damaged(let message): return .damaged("the file is damaged: \(message)")
      }
    }
    return .more
  }
}

extension CompressionFormat {
  /// The format whose magic number bytes begin with: RFC 1952 and RFC 8878.
  fileprivate init?(startOf bytes: [UInt8]) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else {
      return nil
    }
  }
}
