internal import Storage

/// What a file of words is of.
enum WordFileContent: UInt64 {
  /// Documents that agree in something.
  case matches = 0x4843_544d_4645_5701  // "\u{1}WEFMTCH"
  /// Pairs of near duplicates.
  case pairs = 0x5249_4150_4645_5701  // "\u{1}WEFPAIR"
}

/// Writes 64-bit words, the least significant byte first, that a ``WordFile`` reads.
///
/// Before them are the content, the version, the number of documents of which they speak, and a tag;
/// behind them how many items and words they are, and their checksum. So they are written as they come.
struct WordFileWriter: ~Copyable {
  static let version: UInt64 = 1
  static let headerWords = 4
  static let footerWords = 3

  private let file: AtomicFile
  private var pending: [UInt64] = []
  private var items: UInt64 = 0
  private var words: UInt64 = 0
  private var checksum: UInt64

  init(path: String, _ content: WordFileContent, documents: Int, tag: UInt64 = 0) throws {
    let header = [content.rawValue, Self.version, UInt64(documents), tag]
    let file = try AtomicFile(path: path)
    try file.write(words: header)
    self.file = file
    checksum = WordChecksum.of(header)
  }

  /// Adds an item of some words.
  mutating func add(_ item: some Collection<UInt64>) throws {
    pending += item
    items += 1
    if pending.count >= 1 << 14 { try flush() }
  }

  /// Writes the file.
  consuming func commit() throws {
    try flush()
    try file.write(words: [items, words, WordChecksum.of([items, words], after: checksum)])
    try file.commit()
  }

  private mutating func flush() throws {
    checksum = WordChecksum.of(pending, after: checksum)
    words += UInt64(pending.count)
    try file.write(words: pending)
    pending.removeAll(keepingCapacity: true)
  }
}

/// A file of 64-bit words, mapped, checked and read through.
struct WordFile: Sendable {
  let path: String
  /// Of how many documents it speaks.
  let documents: Int
  /// What its writer noted beside.
  let tag: UInt64
  /// How many items there are.
  let items: Int
  private let file: MappedFile
  private let body: Range<Int>

  /// Opens and checks a file.
  ///
  /// - Throws: ``DeduplicationError`` where the file is none or damaged, `StorageError` where it cannot be
  ///   read.
  init(path: String, _ content: WordFileContent) throws {
    self.path = path
    file = try MappedFile(path: path)
    let words = file.count / 8
    let around = WordFileWriter.headerWords + WordFileWriter.footerWords
    guard words >= around, file.count % 8 == 0 else {
      throw DeduplicationError(damaged: path, "the file is cut short")
    }
    body = WordFileWriter.headerWords..<words - WordFileWriter.footerWords
    let header = file.words(0..<body.lowerBound)
    let footer = file.words(body.upperBound..<words)
    guard header[0] == content.rawValue, header[1] == WordFileWriter.version else {
      throw DeduplicationError(damaged: path, "no such file of this version of weft")
    }
    guard footer[1] == UInt64(body.count), footer[0] <= footer[1],
      header[2] <= UInt64(UInt32.max)
    else { throw DeduplicationError(damaged: path, "the file is cut short") }
    documents = Int(header[2])
    tag = header[3]
    items = Int(footer[0])
    var checksum = WordChecksum.of(header)
    try Self.forEachStretch(of: file, body) { checksum = WordChecksum.of($0, after: checksum) }
    guard WordChecksum.of(footer.prefix(2), after: checksum) == footer[2] else {
      throw DeduplicationError(damaged: path, "the file is damaged")
    }
  }

  /// Calls a function with each word, in order.
  func forEachWord(_ function: (UInt64) throws -> Void) throws {
    try Self.forEachStretch(of: file, body) { for word in $0 { try function(word) } }
  }

  private static func forEachStretch(
    of file: MappedFile, _ range: Range<Int>, _ body: ([UInt64]) throws -> Void
  ) throws {
    let step = 1 << 14
    for start in stride(from: range.lowerBound, to: range.upperBound, by: step) {
      let end = min(range.upperBound, start + step)
      try body(file.words(start..<end))
      file.release(start * 8..<end * 8)
    }
  }
}
