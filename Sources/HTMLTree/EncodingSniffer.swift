/// The encoding of a page, by the HTML Standard's order of evidence
/// <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>:
/// byte order mark, header, declaration in the page, and then the bytes themselves.
enum EncodingSniffer {
  /// How many bytes the standard searches for a declaration.
  private static let prescanned = 1024
  /// How many bytes are searched once more where nothing else tells the encoding.
  private static let searched = 65536

  /// Finds a page's encoding, and how many bytes of byte order mark to skip.
  static func sniff(
    _ bytes: ArraySlice<UInt8>, contentType: String?
  ) -> (encoding: Encoding, markLength: Int) {
    if let marked = byteOrderMark(of: bytes) { return marked }
    if let contentType, let label = MetaPrescan.charset(in: contentType),
      let encoding = Encoding(label: label)
    {
      return (encoding, 0)
    }
    if let encoding = MetaPrescan.encoding(of: bytes.prefix(prescanned)) { return (encoding, 0) }
    if Decoder.isUTF8(bytes) { return (.utf8, 0) }
    if let encoding = MetaPrescan.encoding(of: bytes.prefix(searched)) { return (encoding, 0) }
    return (EncodingDetector.detect(bytes), 0)
  }

  private static func byteOrderMark(
    of bytes: ArraySlice<UInt8>
  ) -> (encoding: Encoding, markLength: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
    return nil
  }
}
