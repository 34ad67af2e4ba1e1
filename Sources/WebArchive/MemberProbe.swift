internal import Compression
internal import Storage

/// A look at the first bytes that a member decompresses to.
struct MemberProbe: ~Copyable {
  /// How much of a member is tried.
  ///
  /// A gzip member of this length gives its first bytes unless its
  /// header is unusually long; a Zstandard frame only after a whole block (RFC 8878, §3.1.1.2.4).
  private static let gzipBytes = 1 << 10
  static let zstdBytes = 1 << 18
  private static let outputBytes = 64

  private let file: MappedFile
  private let inputBytes: Int
  private let decompressor: StreamDecompressor?
  private var output = ByteBuffer(capacity: outputBytes)

  init(file: MappedFile, format: ArchiveFormat) {
    self.file = file
    decompressor = format.compression.map { StreamDecompressor($0) }
    inputBytes = format == .gzip ? Self.gzipBytes : Self.zstdBytes
  }

  /// Whether the member that begins at an offset begins with a record, line ends before it aside.
  mutating func findsRecord(at offset: Int) -> Bool {
    guard let decompressor else { return false }
    let file = file
    decompressor.reset()
    output.removeAll()
    let input = file.bytes.extracting(droppingFirst: offset).extracting(first: inputBytes)
    _ = decompressor.decompress(input, into: &output)
    let text = output.copy(0..<output.count).drop(while: \.isLineEnd)
    return !text.isEmpty && WARCHeader.magic.starts(with: text.prefix(WARCHeader.magic.count))
  }
}
