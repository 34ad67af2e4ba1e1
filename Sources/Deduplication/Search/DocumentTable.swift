internal import Documents

/// All documents of all parts, numbered in the order of their rank and identity.
///
/// The number does not depend on how documents are divided into parts, nor on the order of parts, so
/// nothing that follows does. It takes about 100 bytes of memory a document.
struct DocumentTable {
  private struct Entry {
    var row: SignatureFile.Row
    var file: UInt32
    var index: UInt32
  }

  private let files: [SignatureFile]
  private let entries: [Entry]
  /// The number of each document, by file and index.
  private let numbers: [[UInt32]]

  init(_ files: [SignatureFile]) {
    self.files = files
    var all: [Entry] = []
    all.reserveCapacity(files.reduce(0) { $0 + $1.count })
    for (file, rows) in files.lazy.map({ $0.rows() }).enumerated() {
      for (index, row) in rows.enumerated() {
        all.append(Entry(row: row, file: UInt32(file), index: UInt32(index)))
      }
    }
    all.sort { left, right in
      (left.row.rank, left.row.idHigh, left.row.idLow)
        < (right.row.rank, right.row.idHigh, right.row.idLow)
    }
    var numbers = files.map { [UInt32](repeating: 0, count: $0.count) }
    for (number, entry) in all.enumerated() {
      numbers[Int(entry.file)][Int(entry.index)] = UInt32(number)
    }
    entries = all
    self.numbers = numbers
  }

  var count: Int { entries.count }

  func row(_ number: UInt32) -> SignatureFile.Row { entries[Int(number)].row }

  func id(_ number: UInt32) -> DocumentID {
    let row = row(number)
    return DocumentID(high: row.idHigh, low: row.idLow)
  }

  func number(file: Int, index: Int) -> UInt32 { numbers[file][index] }

  func shingles(_ number: UInt32) -> Shingles {
    let entry = entries[Int(number)]
    let start = Int(entry.row.firstShingle)
    return files[Int(entry.file)].shingles(start..<start + Int(entry.row.shingleCount))
  }

  /// Calls a function with one band of each document that has shingles.
  func forEachBand(_ band: Int, _ body: (_ number: UInt32, _ hash: UInt64) throws -> Void) throws {
    for (file, signatures) in files.enumerated() {
      for (index, hash) in signatures.band(band).enumerated() {
        let number = numbers[file][index]
        if row(number).shingleCount > 0 { try body(number, hash) }
      }
    }
  }

  /// Calls a function with each paragraph.
  func forEachParagraph(
    _ body: (_ number: UInt32, _ key: UInt64, _ node: UInt32) throws -> Void
  ) throws {
    for (file, signatures) in files.enumerated() {
      for paragraph in signatures.paragraphs() {
        try body(numbers[file][paragraph.document], paragraph.key, paragraph.node)
      }
    }
  }
}
