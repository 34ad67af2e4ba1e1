internal import Documents

/// How a signature file is laid out, in 64-bit words of which the least significant byte is first.
///
/// A header; a row for each document; the bands, all documents of the first band before those of the
/// second; two words for each paragraph; the shingles.
struct SignatureLayout: Hashable {
  static let magic: UInt64 = 0x4749_5354_4645_5701  // "\u{1}WEFTSIG"
  static let version: UInt64 = 2
  static let headerWords = 8
  static let rowWords = 10
  static let paragraphWords = 2
  static let maximumBands: UInt64 = 1 << 16

  var documents: Int
  var bands: Int
  var paragraphs: Int
  var shingles: Int

  var rows: Range<Int> { Self.headerWords..<Self.headerWords + documents * Self.rowWords }
  func band(_ band: Int) -> Range<Int> {
    let start = rows.upperBound + band * documents
    return start..<start + documents
  }
  var paragraphRange: Range<Int> {
    let start = rows.upperBound + bands * documents
    return start..<start + paragraphs * Self.paragraphWords
  }
  var shingleRange: Range<Int> {
    paragraphRange.upperBound..<paragraphRange.upperBound + shingles
  }

  /// The header of a file whose other words have a checksum.
  func header(checksum: UInt64) -> [UInt64] {
    [
      Self.magic, Self.version, UInt64(documents), UInt64(bands), UInt64(paragraphs),
      UInt64(shingles), checksum, 0,
    ]
  }

  /// Goes on with the checksum of words.
  static func checksum(_ words: [UInt64], after checksum: UInt64) -> UInt64 {
    words.reduce(checksum) { ($0 ^ $1) &* Shingles.factor ^ ($0 >> 29) }
  }
}
