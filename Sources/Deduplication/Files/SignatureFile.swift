public import Documents
internal import Storage

/// A file of signatures, mapped; what is read of it is checked.
public final class SignatureFile: Sendable {
  /// The version of the format, of which keys of partitions are made.
  public static let version = Int(SignatureLayout.version)

  /// How many documents it has.
  public var count: Int { layout.documents }
  let layout: SignatureLayout
  private let file: MappedFile
  private let rowsChecksum: UInt64
  private let checksums: [UInt64]

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
    var shingleCheck: UInt32
    var texts: UInt32

    init(_ words: ArraySlice<UInt64>) {
      let at = words.startIndex
      (idHigh, idLow) = (words[at], words[at + 1])
      rank = UInt32(truncatingIfNeeded: words[at + 2] >> 32)
      shingleCount = UInt32(truncatingIfNeeded: words[at + 2])
      (url, text, images) = (words[at + 3], words[at + 4], words[at + 5])
      (firstShingle, host, imageMask) = (words[at + 6], words[at + 7], words[at + 8])
      shingleCheck = UInt32(truncatingIfNeeded: words[at + 9] >> 32)
      texts = UInt32(truncatingIfNeeded: words[at + 9])
    }
  }

  /// Opens a file that ``SignatureWriter`` wrote, and checks its header and rows.
  ///
  /// - Throws: ``DeduplicationError`` where the file is none or damaged, `StorageError` where it cannot be
  ///   read.
  public convenience init(path: String) throws {
    try self.init(headerOf: path)
    try forEachRow { _, _ in }
  }

  /// Opens a file and checks its header, for who reads sections through or nothing of them.
  init(headerOf path: String) throws {
    file = try MappedFile(path: path)
    guard file.count >= SignatureLayout.headerWords * 8, file.count % 8 == 0 else {
      throw DeduplicationError(damaged: path, "the file is cut short")
    }
    let words = file.count / 8
    let header = file.words(0..<SignatureLayout.headerWords)
    guard header[0] == SignatureLayout.magic, header[1] == SignatureLayout.version else {
      throw DeduplicationError(damaged: path, "no signature file of this version of weft")
    }
    // A count above the number of words is damage, and must not overflow the sums below.
    guard [header[2], header[4], header[5]].allSatisfy({ $0 <= UInt64(words) }),
      header[3] <= SignatureLayout.maximumBands
    else { throw DeduplicationError(damaged: path, "the header is damaged") }
    layout = SignatureLayout(
      documents: Int(header[2]), bands: Int(header[3]), paragraphs: Int(header[4]),
      shingles: Int(header[5]))
    guard layout.shingleRange.upperBound == words else {
      throw DeduplicationError(damaged: path, "the file is cut short")
    }
    checksums = file.words(layout.checksums)
    let whole = layout.header(
      rows: header[7], paragraphs: checksums[0], bands: Array(checksums.dropFirst()))
    guard whole[6] == header[6] else {
      throw DeduplicationError(damaged: path, "the header is damaged")
    }
    rowsChecksum = header[7]
  }

  /// Calls a function with stretches of a section, each of them whole rows and whole pairs, and lets go
  /// of the memory behind.
  private func forEach(
    _ section: Range<Int>, checksum: UInt64, _ body: ([UInt64]) throws -> Void
  ) throws {
    let step = SignatureLayout.rowWords << 12
    var found: UInt64 = 0
    for start in stride(from: section.lowerBound, to: section.upperBound, by: step) {
      let end = min(section.upperBound, start + step)
      let words = file.words(start..<end)
      found = WordChecksum.of(words, after: found)
      file.release(start * 8..<end * 8)
      try body(words)
    }
    guard found == checksum else { throw damage }
  }

  private var damage: DeduplicationError {
    DeduplicationError(damaged: file.path, "the file is damaged")
  }

  /// Calls a function with each row, in order.
  func forEachRow(_ body: (_ index: Int, Row) throws -> Void) throws {
    var index = 0
    try forEach(layout.rows, checksum: rowsChecksum) { words in
      for at in stride(from: 0, to: words.count, by: SignatureLayout.rowWords) {
        try body(index, Row(words[at..<at + SignatureLayout.rowWords]))
        index += 1
      }
    }
  }

  /// One row of a file whose rows were checked.
  func row(_ index: Int) -> Row {
    let start = layout.rows.lowerBound + index * SignatureLayout.rowWords
    return Row(file.words(start..<start + SignatureLayout.rowWords)[...])
  }

  /// The identity of each document and how many text blocks it has, in order.
  public func documents() -> [(id: DocumentID, texts: Int)] {
    (0..<count).map { index in
      let row = row(index)
      return (DocumentID(high: row.idHigh, low: row.idLow), Int(row.texts))
    }
  }

  /// Calls a function with one band of each document; 0 for one without shingles.
  func forEachHash(ofBand band: Int, _ body: (_ index: Int, UInt64) throws -> Void) throws {
    var index = 0
    try forEach(layout.band(band), checksum: checksums[1 + band]) { words in
      for hash in words {
        try body(index, hash)
        index += 1
      }
    }
  }

  /// Calls a function with each paragraph and the index of its document.
  func forEachParagraph(
    _ body: (_ key: UInt64, _ document: Int, _ node: UInt32) throws -> Void
  ) throws {
    try forEach(layout.paragraphRange, checksum: checksums[0]) { words in
      for at in stride(from: 0, to: words.count, by: SignatureLayout.paragraphWords) {
        let document = Int(words[at + 1] >> 32)
        guard document < count else { throw damage }
        try body(words[at], document, UInt32(truncatingIfNeeded: words[at + 1]))
      }
    }
  }

  /// The shingles of a document.
  func shingles(of row: Row) throws -> Shingles {
    let first = row.firstShingle
    guard first <= UInt64(layout.shingles), Int(row.shingleCount) <= layout.shingles - Int(first)
    else { throw damage }
    let start = layout.shingleRange.lowerBound + Int(first)
    let values = file.words(start..<start + Int(row.shingleCount))
    guard WordChecksum.short(values) == row.shingleCheck else { throw damage }
    return Shingles(sorted: values)
  }
}
