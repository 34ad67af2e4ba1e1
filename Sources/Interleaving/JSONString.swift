import Documents

/// Strings of JSON (RFC 8259, section 7).
enum JSONString {
  /// Reads a string up to its closing quotation mark, or to the end where there is none, and moves
  /// past it; escapes that are none stand for themselves.
  static func read(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): readEscape(&rest, &text)
      default: text.append(byte)
      }
    }
    return text
  }

  private static func readEscape(_ rest: inout ArraySlice<UInt8>, _ text: inout [UInt8]) {
    guard let byte = rest.popFirst() else { return }
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): text.append(0x0A)
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "b"): text.append(0x20)
    case UInt8(ascii: "u"): text += Array(String(readCharacter(&rest)).utf8)
    default: text.append(byte)
    }
  }

  /// Reads the four digits of a code unit, and the second half of a pair.
  private static func readCharacter(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
    guard let first = readUnit(&rest) else { return "\u{FFFD}" }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, rest.starts(with: "\\u".utf8) else { return "\u{FFFD}" }
    var ahead = rest.dropFirst(2)
    guard let second = readUnit(&ahead), 0xDC00...0xDFFF ~= second else { return "\u{FFFD}" }
    rest = ahead
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private static func readUnit(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    guard rest.count >= 4,
      let bytes = Hexadecimal.decode(String(decoding: rest.prefix(4), as: UTF8.self)),
      bytes.count == 2
    else { return nil }
    rest = rest.dropFirst(4)
    return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
  }
}
