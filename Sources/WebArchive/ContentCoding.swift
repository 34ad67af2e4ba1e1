internal import Compression

/// A content coding of HTTP (RFC 9110, §8.4.1; br by RFC 7932, zstd by RFC 8878).
enum ContentCoding {
  case gzip, deflate, brotli, zstd

  /// `nil` for a name that is no coding we can undo, such as `identity` or a character set.
  init?(name: String) {
    switch name.lowercased() {
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    case "br": self = .brotli
    case "zstd": self = .zstd
    default: return nil
    }
  }

  /// Decodes a body; `nil` where it is not so encoded.
  func decode(_ body: [UInt8], _ limit: Int) -> Decompressed? {
    if body.isEmpty { return nil }
    switch self {
    case .gzip:
      guard body.starts(with: ArchiveFormat.gzipMagic) else { return nil }
      return CompressionFormat.gzip.decompress(body, limit: limit)
    case .zstd:
      guard body.starts(with: ArchiveFormat.zstdMagic) else { return nil }
      return CompressionFormat.zstd.decompress(body, limit: limit)
    case .brotli: return Self.plausible(CompressionFormat.brotli.decompress(body, limit: limit))
    case .deflate:
      // The name means the zlib wrapper, but some servers send DEFLATE without it.
      let wrapped = CompressionFormat.zlib.decompress(body, limit: limit)
      if wrapped.ending == .complete || !wrapped.bytes.isEmpty { return wrapped }
      return Self.plausible(CompressionFormat.deflate.decompress(body, limit: limit))
    }
  }

  /// Brotli and raw DEFLATE begin with no mark: text that is neither fails soon, after a few bytes
  /// of nonsense, so only a body without a fault is taken for one.
  private static func plausible(_ result: Decompressed) -> Decompressed? {
    switch result.ending {
    case .complete, .limitReached: result
    case .truncated: result.bytes.isEmpty ? nil : result
    case .damaged: nil
    }
  }
}
