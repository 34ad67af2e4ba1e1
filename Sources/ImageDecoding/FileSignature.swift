import Documents

/// The kinds of files that are known by their first bytes, as the WHATWG MIME Sniffing Standard reads
/// them (<https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>).
enum FileSignature: Equatable {
  case decoded(ResolvedImage.Format)
  /// A file of another kind, by the name that a reader of the ledger knows it by.
  case other(String)

  init(of bytes: [UInt8]) {
    self = Self.known.first { $0.matches(bytes) }?.signature ?? .other(Self.markupName(of: bytes))
  }

  private struct Pattern {
    var signature: FileSignature
    var magic: [UInt8]
    var offset = 0
    /// Bytes that must stand at the start as well.
    var prefix: [UInt8] = []

    func matches(_ bytes: [UInt8]) -> Bool {
      bytes.starts(with: prefix) && bytes.dropFirst(offset).starts(with: magic)
    }
  }

  private static let known: [Pattern] = [
    Pattern(signature: .decoded(.jpeg), magic: [0xFF, 0xD8, 0xFF]),
    Pattern(signature: .decoded(.png), magic: PNGHeader.signature),
    Pattern(signature: .decoded(.webp), magic: Array("WEBP".utf8), offset: 8, prefix: riff),
    Pattern(signature: .decoded(.gif), magic: Array("GIF87a".utf8)),
    Pattern(signature: .decoded(.gif), magic: Array("GIF89a".utf8)),
    Pattern(signature: .other("BMP"), magic: Array("BM".utf8)),
    Pattern(signature: .other("ICO"), magic: [0, 0, 1, 0]),
    Pattern(signature: .other("TIFF"), magic: [0x49, 0x49, 0x2A, 0]),
    Pattern(signature: .other("TIFF"), magic: [0x4D, 0x4D, 0, 0x2A]),
    // A picture, and a sequence of pictures (AV1 Image File Format, §6).
    Pattern(signature: .decoded(.avif), magic: Array("ftypavif".utf8), offset: 4),
    Pattern(signature: .decoded(.avif), magic: Array("ftypavis".utf8), offset: 4),
    Pattern(signature: .other("HEIF"), magic: Array("ftyphei".utf8), offset: 4),
    Pattern(signature: .other("HEIF"), magic: Array("ftypmif1".utf8), offset: 4),
    Pattern(signature: .other("JPEG XL"), magic: [0xFF, 0x0A]),
    Pattern(signature: .other("JPEG XL"), magic: Array("JXL ".utf8), offset: 4),
    Pattern(signature: .other("PDF"), magic: Array("%PDF".utf8)),
  ]

  private static let riff = Array("RIFF".utf8)

  private static func markupName(of bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "no bytes" }
    let start = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
    if start.contains("<svg") { return "SVG" }
    if start.contains("<html") || start.contains("<!doctype html") { return "HTML" }
    return "unknown"
  }
}
