/// The encoding of a page, by the HTML Standard's order of evidence
/// <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>:
/// byte order mark, header, declaration in the page, and then the bytes themselves.
enum EncodingSniffer {
  /// How many bytes the standard searches for a declaration.
  private static let prescanned = 1024
  /// How many bytes are searched once more where nothing else tells the encoding.
  private static let searched = 65536

  /// What is found out of a page's encoding.
  struct Finding {
    var encoding: Encoding
    /// How many bytes of byte order mark to skip.
    var markLength = 0
    /// Whether the bytes were found to be well-formed UTF-8, so that nobody need look again.
    var isUTF8 = false
  }

  /// Finds a page's encoding.
  static func sniff(_ bytes: ArraySlice<UInt8>, contentType: String?) -> Finding {
    if let marked = byteOrderMark(of: bytes) { return marked }
    if let contentType, let label = MetaPrescan.charset(in: contentType),
      let encoding = Encoding(label: label)
    {
      return Finding(encoding: encoding)
    }
    if let encoding = MetaPrescan.encoding(of: bytes.prefix(prescanned)) {
      return Finding(encoding: encoding)
    }
    if Decoder.isUTF8(bytes) { return Finding(encoding: .utf8, isUTF8: true) }
    if let encoding = MetaPrescan.encoding(of: bytes.prefix(searched)) {
      return Finding(encoding: encoding)
    }
    return Finding(encoding: EncodingDetector.detect(bytes))
  }

  private static func byteOrderMark(of bytes: ArraySlice<UInt8>) -> Finding? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Finding(encoding: .utf8, markLength: 3) }
    if bytes.starts(with: [0xFE, 0xFF]) { return Finding(encoding: .utf16be, markLength: 2) }
    if bytes.starts(with: [0xFF, 0xFE]) { return Finding(encoding: .utf16le, markLength: 2) }
    return nil
  }
}
