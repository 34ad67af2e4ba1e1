/// A guess at the encoding of bytes that declare none and are not UTF-8.
///
/// It counts which bytes lead the pairs of bytes above 0x7F: each of the two-byte encodings puts its
/// commonest characters in blocks of its own. Where pairs do not fit, Cyrillic is told by the blocks
/// of its small letters, and the rest is windows-1252, the standard's fallback.
enum EncodingDetector {
  /// How many bytes are looked at.
  private static let sample = 1 << 18

  /// Guesses the encoding of bytes.
  static func detect(_ bytes: ArraySlice<UInt8>) -> Encoding {
    let counts = Counts(bytes.prefix(sample))
    guard counts.high > 0 else { return .windows1252 }
    return doubleByte(counts) ?? singleByte(counts)
  }

  private static func doubleByte(_ counts: Counts) -> Encoding? {
    let pairs = Double(max(counts.pairs, 1))
    // Text of Latin or Cyrillic letters breaks into pairs as often as not.
    guard counts.pairs >= 8, Double(counts.unpaired) < 0.02 * pairs else {
      return shiftJIS(counts)
    }
    if Double(counts.leads(0xA4...0xA5)) > 0.2 * pairs { return .eucJp }
    if let encoding = shiftJIS(counts) { return encoding }
    if Double(counts.lowTrails) > 0.1 * pairs { return .big5 }
    if Double(counts.leads(0xB0...0xC8)) > 0.9 * pairs { return .eucKr }
    return Double(counts.leads(0xB0...0xD7)) > 0.6 * pairs ? .gbk : nil
  }

  private static func shiftJIS(_ counts: Counts) -> Encoding? {
    let kana = counts.leads(0x82...0x83)
    return kana >= 4 && Double(kana) > 0.2 * Double(counts.pairs) ? .shiftJis : nil
  }

  private static func singleByte(_ counts: Counts) -> Encoding {
    let high = Double(counts.high)
    let windowsSmall = Double(counts.bytes(0xE0...0xFF))
    let koiSmall = Double(counts.bytes(0xC0...0xDF))
    // Accented letters are sparse among Latin ones; Cyrillic words have no others.
    guard high > 0.5 * Double(counts.asciiLetters), windowsSmall + koiSmall > 0.7 * high else {
      return counts.longRuns * 4 > counts.runs && windowsSmall + koiSmall > 0.8 * high
        ? (koiSmall > windowsSmall ? .koi8R : .windows1251) : .windows1252
    }
    return koiSmall > windowsSmall ? .koi8R : .windows1251
  }
}

/// What is counted of a page's bytes outside its tags.
private struct Counts {
  var high = 0
  var asciiLetters = 0
  var pairs = 0
  var unpaired = 0
  var lowTrails = 0
  var runs = 0
  var longRuns = 0
  private var histogram = [Int](repeating: 0, count: 256)
  private var leadHistogram = [Int](repeating: 0, count: 256)

  init(_ bytes: ArraySlice<UInt8>) {
    var lead: UInt8?
    var inTag = false
    var run = 0
    for byte in bytes {
      if let first = lead {
        lead = nil
        if byte >= 0x40, byte != 0x7F, byte != 0xFF {
          pairs += 1
          leadHistogram[Int(first)] += 1
          if byte < 0x7F { lowTrails += 1 }
        } else {
          unpaired += 1
        }
      } else if byte >= 0x80 {
        if byte == 0x80 || byte == 0xFF { unpaired += 1 } else { lead = byte }
      } else if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
        inTag = byte == UInt8(ascii: "<")
      } else if !inTag, UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32 {
        asciiLetters += 1
      }
      if byte >= 0x80 {
        high += 1
        histogram[Int(byte)] += 1
        run += 1
      } else if run > 0 {
        runs += 1
        if run >= 3 { longRuns += 1 }
        run = 0
      }
    }
  }

  func bytes(_ range: ClosedRange<Int>) -> Int { histogram[range].reduce(0, +) }
  func leads(_ range: ClosedRange<Int>) -> Int { leadHistogram[range].reduce(0, +) }
}
