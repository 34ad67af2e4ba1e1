internal import Compression
internal import Storage

/// The search for the next member of a damaged archive.
struct Resynchroniser: ~Copyable {
  private let file: MappedFile
  private let format: ArchiveFormat
  private var probe: MemberProbe

  /// How much of a file is searched to tell its format.
  static let formatSearchBytes = 1 << 20

  init(file: MappedFile, format: ArchiveFormat) {
    self.file = file
    self.format = format
    probe = MemberProbe(file: file, format: format)
  }

  /// The offset of the first member that begins at `start` or later; the file's length, or the
  /// limit of the search, where there is none.
  ///
  /// The three bytes of gzip's magic number occur by chance, once in 16 MiB of compressed data, so
  /// what follows must begin like a record too. The four of Zstandard do not have to be doubted.
  mutating func nextMember(from start: Int, searching limit: Int = .max) -> Int {
    let end = min(file.count, limit)
    let magic = format == .zstd ? ArchiveFormat.zstdMagic : ArchiveFormat.gzipMagic
    var offset = start
    while let found = file.bytes.extracting(first: end).firstOffset(of: magic, from: offset) {
      let isMember = format.unit(in: file, at: found) == .member
      if isMember && (format == .zstd || probe.findsRecord(at: found)) { return found }
      offset = found + 1
    }
    return end
  }

  /// Whether there is a member near the file's beginning.
  consuming func findsMember() -> Bool {
    let limit = min(file.count, Self.formatSearchBytes)
    return nextMember(from: 0, searching: limit) < limit
  }
}
