internal import Documents
internal import Storage

/// The signatures of all parts: documents have numbers, those of the first part before those of the next.
///
/// Nothing of a document is held in memory: a row is looked up in its file when it is asked for. So many
/// files are mapped at once as the kernel allows any process by default, and closed when there are
/// more.
public final class SignatureSet {
  /// How many documents there are.
  public var count: Int { starts[paths.count] }
  private let paths: [String]
  /// The number of the first document of each part, and after them how many documents there are.
  private let starts: [Int]
  private let bands: Int
  private var open: [Int: SignatureFile] = [:]

  /// Half of Linux's default of `vm.max_map_count`, 65,530.
  private static let mostOpen = 1 << 15

  /// Opens the files of all parts once, and checks their headers.
  ///
  /// - Parameters:
  ///   - paths: The files, which were made with the same shingles, bands and rows.
  ///   - bands: How many bands a signature has.
  /// - Throws: ``DeduplicationError`` where a file is none or damaged, `StorageError` where it cannot be
  ///   read.
  public init(_ paths: [String], bands: Int) throws {
    var starts = [0]
    for path in paths {
      let file = try SignatureFile(headerOf: path)
      guard file.layout.bands == bands else {
        throw DeduplicationError(
          damaged: path, "signatures of \(file.layout.bands) bands where there are to be \(bands)")
      }
      starts.append(starts[starts.count - 1] + file.count)
    }
    precondition(
      starts[paths.count] < UInt32.max, "a run has fewer than 4,294,967,295 documents; divide it")
    (self.paths, self.starts, self.bands) = (paths, starts, bands)
  }

  /// How many parts there are.
  public var parts: Int { paths.count }

  /// The numbers of a part's documents.
  func numbers(of part: Int) -> Range<UInt32> {
    UInt32(starts[part])..<UInt32(starts[part + 1])
  }

  /// The signatures of a part, whose rows are checked when it is opened.
  private func file(_ part: Int) throws -> SignatureFile {
    if let file = open[part] { return file }
    if open.count >= Self.mostOpen { open.removeAll() }
    let file = try SignatureFile(path: paths[part])
    try requireSame(file, part)
    open[part] = file
    return file
  }

  /// Calls a function with each part, one after the other, and closes each; what it reads through is
  /// checked.
  func forEachPart(
    _ body: (_ file: SignatureFile, _ numbers: Range<UInt32>) throws -> Void
  ) throws {
    for part in paths.indices {
      let file = try SignatureFile(headerOf: paths[part])
      try requireSame(file, part)
      try body(file, numbers(of: part))
    }
  }

  private func requireSame(_ file: SignatureFile, _ part: Int) throws {
    guard file.count == numbers(of: part).count else {
      throw DeduplicationError(damaged: paths[part], "the file was changed meanwhile")
    }
  }

  /// What the row of a document says.
  func row(_ number: UInt32) throws -> SignatureFile.Row {
    let part = self.part(of: number)
    return try file(part).row(Int(number) - starts[part])
  }

  /// The shingles of a document.
  func shingles(_ number: UInt32) throws -> Shingles {
    try shingles(of: row(number), number)
  }

  /// The shingles of a document whose row is known.
  func shingles(of row: SignatureFile.Row, _ number: UInt32) throws -> Shingles {
    try file(part(of: number)).shingles(of: row)
  }

  func id(_ number: UInt32) throws -> DocumentID {
    let row = try row(number)
    return DocumentID(high: row.idHigh, low: row.idLow)
  }

  /// The place of a document in the order of rank and identity.
  func order(_ number: UInt32) throws -> DocumentOrder { DocumentOrder(try row(number)) }

  private func part(of number: UInt32) -> Int {
    precondition(Int(number) < count, "the set has the document")
    var (low, high) = (0, paths.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= Int(number) { low = middle } else { high = middle }
    }
    return low
  }
}

/// Where a document stands among others: by its rank, then by its identity.
///
/// It does not depend on how documents are divided into parts, nor on the order of parts, so nothing
/// that follows does.
struct DocumentOrder: Comparable {
  var rank: UInt32
  var idHigh: UInt64
  var idLow: UInt64

  init(_ row: SignatureFile.Row) { (rank, idHigh, idLow) = (row.rank, row.idHigh, row.idLow) }

  static func < (left: DocumentOrder, right: DocumentOrder) -> Bool {
    (left.rank, left.idHigh, left.idLow) < (right.rank, right.idHigh, right.idLow)
  }
}
