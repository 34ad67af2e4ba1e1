internal import Documents

/// How a signature file is laid out, in 64-bit words of which the least significant byte is first.
///
/// A header with the checksums of what follows; a row for each document; the bands, all documents of the
/// first band before those of the second; two words for each paragraph; the shingles. Each section has
/// a checksum of its own, and so have the shingles of each document, so that who needs a few of them
/// need not read them all.
struct SignatureLayout: Hashable {
  static let magic: UInt64 = 0x4749_5354_4645_5701  // "\u{1}WEFTSIG"
  static let version: UInt64 = 3
  /// The words before the checksums of the paragraphs and of each band.
  static let headerWords = 8
  static let rowWords = 10
  static let paragraphWords = 2
  static let maximumBands: UInt64 = 1 << 16

  var documents: Int
  var bands: Int
  var paragraphs: Int
  var shingles: Int

  /// The checksum of the paragraphs, and after it that of each band.
  var checksums: Range<Int> { Self.headerWords..<Self.headerWords + 1 + bands }
  var rows: Range<Int> {
    checksums.upperBound..<checksums.upperBound + documents * Self.rowWords
  }
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

  /// What stands before the rows; the first two checksums are of itself and of the rows.
  func header(rows: UInt64, paragraphs: UInt64, bands: [UInt64]) -> [UInt64] {
    var header = [
      Self.magic, Self.version, UInt64(documents), UInt64(self.bands), UInt64(self.paragraphs),
      UInt64(shingles), 0, rows, paragraphs,
    ]
    header += bands
    header[6] = WordChecksum.of(header)
    return header
  }
}

/// A checksum of 64-bit words, which tells damage and not intent.
enum WordChecksum {
  /// The checksum of words, or of words after others.
  static func of(_ words: some Sequence<UInt64>, after checksum: UInt64 = 0) -> UInt64 {
    words.reduce(checksum) { ($0 ^ $1) &* Shingles.factor ^ ($0 >> 29) }
  }

  /// The checksum of the shingles of one document.
  static func short(_ words: some Sequence<UInt64>) -> UInt32 {
    UInt32(truncatingIfNeeded: SeededHash.finish(of(words)) >> 32)
  }
}
