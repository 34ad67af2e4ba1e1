/// What the bytes from 0x80 on mean in an encoding of one byte a character
/// <https://encoding.spec.whatwg.org/#single-byte-decoder>, as UTF-8.
struct SingleByteTable {
  private var characters: [[UInt8]]

  /// The tables of all such encodings.
  ///
  /// They are read from glibc byte by byte, as some of its converters join a letter and the accent
  /// after it, and then corrected where the standard differs.
  static let tables: [Encoding: SingleByteTable] = Dictionary(
    uniqueKeysWithValues: Encoding.allCases.filter(\.isSingleByte).map {
      ($0, SingleByteTable(of: $0))
    })

  private init(of encoding: Encoding) {
    let exceptions = encoding.exceptions
    characters = (0x80...0xFF).map { (byte: UInt8) in
      if let exception = exceptions[byte] { return Array(String(exception).utf8) }
      let character = Array(Decoder.converted([byte], as: encoding))
      // The standard maps what a vendor left undefined among the control characters to them.
      let isControl = byte < 0xA0 && character == Decoder.replacement
      return isControl ? [0xC2, byte] : character
    }
  }

  /// Decodes bytes to UTF-8.
  func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += characters[Int(byte) - 0x80] }
    }
    return text
  }
}

extension Encoding {
  fileprivate var isSingleByte: Bool {
    switch self {
    case .utf8, .replacement, .xUserDefined, .utf16be, .utf16le, .gbk, .gb18030, .big5, .eucJp,
      .iso2022Jp, .shiftJis, .eucKr:
      false
    default: true
    }
  }

  /// Where the standard's indexes differ from glibc's converters
  /// <https://encoding.spec.whatwg.org/#indexes>.
  fileprivate var exceptions: [UInt8: Character] {
    switch self {
    // The standard's KOI8-U is KOI8-RU in its two letters of Belarusian.
    case .koi8U: [0xAE: "\u{45E}", 0xBE: "\u{40E}"]
    case .macintosh: [0xC6: "\u{2206}", 0xF0: "\u{F8FF}"]
    case .xMacCyrillic: [0xFF: "\u{20AC}"]
    default: [:]
    }
  }
}
