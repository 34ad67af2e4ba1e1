/// The decoder of ISO-2022-JP <https://encoding.spec.whatwg.org/#iso-2022-jp-decoder>.
///
/// glibc's knows JIS X 0208 without the rows that vendors added. Here the two bytes of a character go
/// through the decoder of EUC-JP, which has the same table.
struct ISO2022JP {
  private enum Charset { case ascii, roman, katakana, kanji }

  private var charset = Charset.ascii
  private var text: [UInt8] = []
  /// Characters of two bytes, as EUC-JP writes them.
  private var kanji: [UInt8] = []

  /// Decodes bytes to UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoder = ISO2022JP()
    decoder.text.reserveCapacity(bytes.count * 2)
    var rest = bytes
    while !rest.isEmpty { decoder.step(&rest) }
    decoder.flush()
    return decoder.text
  }

  private mutating func step(_ rest: inout ArraySlice<UInt8>) {
    let byte = rest.removeFirst()
    if byte == 0x1B, let next = Self.charset(after: rest) {
      charset = next
      rest.removeFirst(2)
    } else if charset == .kanji, Self.isGraphic(byte) {
      // A lead without a trail is malformed in EUC-JP as well.
      kanji.append(byte | 0x80)
      if let trail = rest.first, Self.isGraphic(trail) { kanji.append(rest.removeFirst() | 0x80) }
    } else if charset == .katakana, 0x21...0x5F ~= byte {
      kanji += [0x8E, byte | 0x80]
    } else {
      flush()
      append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) {
    switch (charset, byte) {
    case (.roman, 0x5C): text += Array("\u{A5}".utf8)
    case (.roman, 0x7E): text += Array("\u{203E}".utf8)
    case (_, 0x80...0xFF), (_, 0x1B): text += Decoder.replacement
    default: text.append(byte)
    }
  }

  private mutating func flush() {
    if kanji.isEmpty { return }
    text += Decoder.converted(kanji[...], as: .eucJp)
    kanji.removeAll(keepingCapacity: true)
  }

  private static func charset(after escape: ArraySlice<UInt8>) -> Charset? {
    switch (escape.first, escape.dropFirst().first) {
    case (UInt8(ascii: "("), UInt8(ascii: "B")): .ascii
    case (UInt8(ascii: "("), UInt8(ascii: "J")): .roman
    case (UInt8(ascii: "("), UInt8(ascii: "I")): .katakana
    case (UInt8(ascii: "$"), UInt8(ascii: "@")), (UInt8(ascii: "$"), UInt8(ascii: "B")): .kanji
    default: nil
    }
  }

  private static func isGraphic(_ byte: UInt8) -> Bool { 0x21...0x7E ~= byte }
}
