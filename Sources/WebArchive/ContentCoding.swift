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

  /// The coding whose mark a body begins with; `nil` where it begins with none.
  init?(marking body: [UInt8]) {
    if body.starts(with: ArchiveFormat.gzipMagic) {
      self = .gzip
    } else if body.starts(with: ArchiveFormat.zstdMagic) {
      self = .zstd
    } else {
      return nil
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
    case .brotli:
      return Self.plausible(CompressionFormat.brotli.decompress(body, limit: limit), of: body)
    case .deflate:
      // The name means the zlib wrapper, but some servers send DEFLATE without it.
      let wrapped = CompressionFormat.zlib.decompress(body, limit: limit)
      if wrapped.ending == .complete || !wrapped.bytes.isEmpty { return wrapped }
      return Self.plausible(CompressionFormat.deflate.decompress(body, limit: limit), of: body)
    }
  }

  /// The result of a decoder that goes by no mark, where the body seems to be made for it.
  ///
  /// Text that is neither Brotli nor raw DEFLATE may be read as either for a few bytes, or to an end
  /// that comes at once, as `;` is a whole Brotli stream. So only what is used up to its end, or
  /// became more, is taken for encoded.
  private static func plausible(_ result: Decompressed, of body: [UInt8]) -> Decompressed? {
    switch result.ending {
    case .limitReached: result
    case .complete:
      result.consumed == body.count || result.bytes.count >= body.count ? result : nil
    case .truncated: result.bytes.count >= body.count ? result : nil
    case .damaged: nil
    }
  }
}
