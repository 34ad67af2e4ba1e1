public import Documents
internal import Storage

/// A file of signatures, mapped and checked.
public final class SignatureFile: Sendable {
  /// How many documents it has.
  public var count: Int { layout.documents }
  let layout: SignatureLayout
  private let file: MappedFile

  /// What a row says of a document, but for its bands, paragraphs and shingles.
  struct Row {
    var idHigh: UInt64
    var idLow: UInt64
    var rank: UInt32
    var shingleCount: UInt32
    var url: UInt64
    var text: UInt64
    var images: UInt64
    var firstShingle: UInt64
    var host: UInt64
    var imageMask: UInt64
    var texts: UInt64
  }

  /// Opens a file that ``SignatureWriter`` wrote.
  ///
  /// - Throws: ``DeduplicationError`` where the file is none or damaged, `StorageError` where it cannot be
  ///   read.
  public init(path: String) throws {
    file = try MappedFile(path: path)
    let remedy = "; remove it and run the same command again"
    guard file.count >= SignatureLayout.headerWords * 8, file.count % 8 == 0 else {
      throw DeduplicationError(path: path, message: "the file is cut short" + remedy)
    }
    let header = file.words(0..<SignatureLayout.headerWords)
    guard header[0] == SignatureLayout.magic, header[1] == SignatureLayout.version else {
      throw DeduplicationError(
        path: path, message: "no signature file of this version of weft" + remedy)
    }
    let words = file.count / 8
    // A count above the number of words is damage, and must not overflow the sums below.
    guard [header[2], header[4], header[5]].allSatisfy({ $0 <= UInt64(words) }),
      header[3] <= SignatureLayout.maximumBands
    else {
      throw DeduplicationError(path: path, message: "the header is damaged" + remedy)
    }
    layout = SignatureLayout(
      documents: Int(header[2]), bands: Int(header[3]), paragraphs: Int(header[4]),
      shingles: Int(header[5]))
    guard layout.shingleRange.upperBound == words else {
      throw DeduplicationError(path: path, message: "the file is cut short" + remedy)
    }
    guard Self.checksum(of: file, words: words) == header[6] else {
      throw DeduplicationError(path: path, message: "the file is damaged" + remedy)
    }
  }

  private static func checksum(of file: MappedFile, words: Int) -> UInt64 {
    let step = 1 << 16
    var checksum: UInt64 = 0
    for start in stride(from: SignatureLayout.headerWords, to: words, by: step) {
      let end = min(words, start + step)
      checksum = SignatureLayout.checksum(file.words(start..<end), after: checksum)
      // What was read stays out of memory until it is asked for.
      file.release(start * 8..<end * 8)
    }
    return checksum
  }

  /// All rows, in order.
  func rows() -> [Row] {
    let words = file.words(layout.rows)
    return stride(from: 0, to: words.count, by: SignatureLayout.rowWords).map { at in
      Row(
        idHigh: words[at], idLow: words[at + 1],
        rank: UInt32(truncatingIfNeeded: words[at + 2] >> 32),
        shingleCount: UInt32(truncatingIfNeeded: words[at + 2]), url: words[at + 3],
        text: words[at + 4], images: words[at + 5], firstShingle: words[at + 6],
        host: words[at + 7], imageMask: words[at + 8], texts: words[at + 9])
    }
  }

  /// The identity of each document and how many text blocks it has, in order.
  public func documents() -> [(id: DocumentID, texts: Int)] {
    rows().map { (DocumentID(high: $0.idHigh, low: $0.idLow), Int($0.texts)) }
  }

  /// One band of all documents; 0 for one without shingles.
  func band(_ band: Int) -> [UInt64] { file.words(layout.band(band)) }

  /// All paragraphs with the index of their document.
  func paragraphs() -> [(key: UInt64, document: Int, node: UInt32)] {
    let words = file.words(layout.paragraphRange)
    return stride(from: 0, to: words.count, by: SignatureLayout.paragraphWords).map { at in
      (words[at], Int(words[at + 1] >> 32), UInt32(truncatingIfNeeded: words[at + 1]))
    }
  }

  /// Some of the shingles.
  func shingles(_ range: Range<Int>) -> Shingles {
    let start = layout.shingleRange.lowerBound
    return Shingles(sorted: file.words(start + range.lowerBound..<start + range.upperBound))
  }
}
