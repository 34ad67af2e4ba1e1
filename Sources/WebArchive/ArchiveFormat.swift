internal import Compression
internal import Storage

/// How the records of an archive file are compressed.
enum ArchiveFormat {
  case plain, gzip, zstd

  /// What begins a gzip member that holds DEFLATE data (RFC 1952, §2.3.1).
  static let gzipMagic: [UInt8] = [0x1f, 0x8b, 0x08]
  /// What begins a Zstandard frame (RFC 8878, §3.1.1).
  static let zstdMagic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
  /// The most bytes that ``unit(in:at:)`` looks at.
  private static let headBytes = 8

  /// What begins at a place in a compressed file.
  enum Unit: Equatable {
    /// A gzip member or a Zstandard frame.
    case member
    /// A skippable Zstandard frame of so many bytes, its header included.
    case skippable(length: Int)
    /// Neither.
    case garbage
  }

  /// Tells the format of a file.
  ///
  /// The name counts where the file bears it out, if only after some damage; otherwise what the
  /// file begins with: servers and tools compress and decompress files without changing their
  /// names.
  ///
  /// - Parameter archiveBytes: The size of the whole archive, of which the file may be the beginning.
  init(of file: MappedFile, archiveBytes: Int64) {
    let named = Self(named: file.path)
    if named.begins(file, archiveBytes) {
      self = named
    } else if named != .plain && Resynchroniser(file: file, format: named).findsMember() {
      self = named
    } else {
      self = [.gzip, .zstd, .plain].first { $0.begins(file, archiveBytes) } ?? named
    }
  }

  private init(named path: String) {
    let name = path.lowercased()
    self = name.hasSuffix(".gz") ? .gzip : name.hasSuffix(".zst") ? .zstd : .plain
  }

  /// Whether a file begins with a record in this format, or with a frame that may stand before one.
  private func begins(_ file: MappedFile, _ archiveBytes: Int64) -> Bool {
    switch self {
    case .plain: return WARCHeader.isVersionLine(file.copy(0..<min(Self.headBytes, file.count)))
    case .gzip, .zstd:
      switch unit(in: file, at: 0) {
      case .member:
        var probe = MemberProbe(file: file, format: self)
        return probe.findsRecord(at: 0)
      case .skippable(let length): return length <= archiveBytes
      case .garbage: return false
      }
    }
  }

  var compression: CompressionFormat? {
    switch self {
    case .plain: nil
    case .gzip: .gzip
    case .zstd: .zstd
    }
  }

  /// Tells what begins at a place.
  func unit(in file: MappedFile, at offset: Int) -> Unit {
    let head = file.copy(offset..<min(offset + Self.headBytes, file.count))
    switch self {
    case .plain: return .garbage
    case .gzip:
      // The three highest flags are reserved and must be zero.
      let isMember = head.count > 3 && head.starts(with: Self.gzipMagic) && head[3] & 0xe0 == 0
      return isMember ? .member : .garbage
    case .zstd:
      if let length = SkippableFrame.length(head) { return .skippable(length: length) }
      // Bit 3 of the descriptor is reserved and must be zero.
      let isFrame = head.count > 4 && head.starts(with: Self.zstdMagic) && head[4] & 0x08 == 0
      return isFrame ? .member : .garbage
    }
  }
}

/// A Zstandard frame that decoders skip (RFC 8878, §3.1.2): magic number, length, data.
enum SkippableFrame {
  /// The magic number and the length.
  static let headerBytes = 8

  /// Whether bytes begin with one of the sixteen magic numbers 0x184D2A50 to 0x184D2A5F.
  static func begins(_ head: [UInt8]) -> Bool {
    head.count >= 4 && head[0] & 0xf0 == 0x50 && head[1...].starts(with: [0x2a, 0x4d, 0x18])
  }

  /// The length of the frame that begins with these bytes, its header included.
  static func length(_ head: [UInt8]) -> Int? {
    guard head.count >= headerBytes, begins(head) else { return nil }
    return headerBytes + (0..<4).reduce(0) { $0 | Int(head[4 + $1]) << (8 * $1) }
  }
}
