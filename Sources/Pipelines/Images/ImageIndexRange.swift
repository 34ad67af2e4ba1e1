internal import Documents
internal import Storage

/// The image index of one range of hashes: the entries of those URLs whose hashes are in it.
struct ImageIndexRange: Sendable {
  private let rows: SortedRows
  private let entries: MappedFile

  /// Opens the files of a range.
  init(keys: String, entries: String) throws {
    rows = try SortedRows(path: keys)
    self.entries = try MappedFile(path: entries)
  }

  /// The entries of a URL, those of images first; by its hash alone where the URL is not known.
  ///
  /// - Throws: ``RunError`` where the files are damaged.
  func entries(_ hash: UInt64, _ key: ImageURLKey?) throws -> [ImageIndexEntry] {
    var images: [ImageIndexEntry] = []
    var others: [ImageIndexEntry] = []
    var place = rows.firstRow(of: hash)
    while place < rows.count {
      let row = rows.row(place)
      guard row.key == hash else { break }
      place += 1
      guard row.value <= UInt64(entries.count) else { throw damaged }
      let (entry, _) = try entry(at: Int(row.value))
      guard key == nil || entry.key == key else { continue }
      if case .image = entry.target { images.append(entry) } else { others.append(entry) }
    }
    return images + others
  }

  /// Calls a function with each entry, in the order in which they were added.
  ///
  /// - Throws: ``RunError`` where the files are damaged.
  func forEach(_ body: (ImageIndexEntry) throws -> Void) throws {
    var place = 0
    while place < entries.count {
      let (entry, end) = try entry(at: place)
      try body(entry)
      entries.release(place..<end)
      place = end
    }
  }

  private func entry(at offset: Int) throws -> (entry: ImageIndexEntry, end: Int) {
    let start = offset + 4
    guard start <= entries.count else { throw damaged }
    var length = PackedReader(bytes: entries.copy(offset..<start))
    guard let count = length.number(UInt32.self), Int(count) <= entries.count - start,
      let entry = ImageIndexEntry(bytes: entries.copy(start..<start + Int(count)))
    else { throw damaged }
    return (entry, start + Int(count))
  }

  private var damaged: RunError {
    RunError(.damaged, "'\(entries.path)' is damaged; remove it and run again")
  }
}
