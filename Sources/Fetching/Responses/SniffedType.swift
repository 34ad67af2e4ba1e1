/// What the first bytes of a body say it is, whatever its headers claim
/// <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>.
public enum SniffedType: Hashable, Sendable {
  /// Pixels, of a media type.
  case image(String)
  /// A drawing that would have to be rendered: `image/svg+xml`.
  case vector
  /// Something else, by a name for the ledger.
  case other(String)

  /// How many bytes are looked at, as the standard has it.
  public static let prefixLength = 1445

  /// Judges the first bytes of a body.
  public init(of bytes: [UInt8]) {
    if let known = Self.known.first(where: { $0.matches(bytes) }) {
      self = .image(known.mediaType)
    } else if let box = Self.boxType(of: bytes) {
      self = .image(box)
    } else {
      self = Self.markup(bytes.prefix(Self.prefixLength))
    }
  }

  private struct Pattern {
    var mediaType: String
    var start: [UInt8]
    /// Bytes that must stand further on as well, and where.
    var more: [UInt8] = []
    var offset = 0

    func matches(_ bytes: [UInt8]) -> Bool {
      bytes.starts(with: start) && bytes.dropFirst(offset).starts(with: more)
    }
  }

  private static let known: [Pattern] = [
    Pattern(mediaType: "image/jpeg", start: [0xFF, 0xD8, 0xFF]),
    Pattern(mediaType: "image/png", start: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    Pattern(mediaType: "image/gif", start: Array("GIF87a".utf8)),
    Pattern(mediaType: "image/gif", start: Array("GIF89a".utf8)),
    Pattern(
      mediaType: "image/webp", start: Array("RIFF".utf8), more: Array("WEBPVP".utf8), offset: 8),
    Pattern(mediaType: "image/bmp", start: Array("BM".utf8)),
    Pattern(mediaType: "image/x-icon", start: [0, 0, 1, 0]),
    Pattern(mediaType: "image/x-icon", start: [0, 0, 2, 0]),
    Pattern(mediaType: "image/tiff", start: [0x49, 0x49, 0x2A, 0]),
    Pattern(mediaType: "image/tiff", start: [0x4D, 0x4D, 0, 0x2A]),
    Pattern(mediaType: "image/jxl", start: [0xFF, 0x0A]),
    Pattern(
      mediaType: "image/jxl", start: [0, 0, 0, 0x0C], more: Array("JXL ".utf8), offset: 4),
  ]

  /// The type of an ISO base media file by the brands of its `ftyp` box.
  private static func boxType(of bytes: [UInt8]) -> String? {
    guard bytes.count >= 12, bytes[4..<8].elementsEqual("ftyp".utf8) else { return nil }
    let size = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard size >= 12, size % 4 == 0 else { return nil }
    // The four bytes after the major brand are its version.
    for at in stride(from: 8, to: min(size, bytes.count, 256) - 3, by: 4) where at != 12 {
      switch String(decoding: bytes[at..<at + 4], as: UTF8.self) {
      case "avif", "avis": return "image/avif"
      case "heic", "heix", "heim", "heis", "hevc": return "image/heic"
      default: continue
      }
    }
    return nil
  }

  private static func markup(_ bytes: ArraySlice<UInt8>) -> SniffedType {
    if bytes.isEmpty { return .other("no bytes") }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") { return .other("HTML") }
    if text.contains("<svg") { return .vector }
    if start.hasPrefix("<?xml") { return .other("XML") }
    if text.contains("<html") { return .other("HTML") }
    if bytes.starts(with: "%PDF-".utf8) { return .other("PDF") }
    let isBinary = bytes.contains { $0 < 9 || $0 == 11 || (14...26 ~= $0) || (28...31 ~= $0) }
    return .other(isBinary ? "unknown binary" : "text")
  }
}
