internal import Documents
internal import Storage

/// Writes the image index of a run: what each URL of an image response or a redirect leads to.
///
/// Entries stand in the order in which they are added; a second file holds a row of two words for each,
/// the hash of its URL and the place of the entry, in ascending order. It takes the memory that
/// sorting may take.
struct ImageIndexWriter: ~Copyable {
  private let keys: String
  private let entries: AtomicFile
  private var sorter: ExternalSorter

  /// Begins an index; `scratch` is a directory for sorting.
  init(keys: String, entries: String, scratch: String) throws {
    self.keys = keys
    self.entries = try AtomicFile(path: entries)
    sorter = ExternalSorter(directory: scratch)
  }

  mutating func add(_ entry: ImageIndexEntry) throws {
    let bytes = entry.bytes
    var length = PackedBytes()
    length.append(UInt32(bytes.count))
    try sorter.add(UInt128(entry.key.hash) << 64 | UInt128(entries.count))
    try entries.write(length.bytes)
    try entries.write(bytes)
  }

  /// Ends the index.
  consuming func commit() throws {
    try entries.commit()
    let rows = try AtomicFile(path: keys)
    try sorter.forEach { row in
      try rows.write(
        words: [UInt64(truncatingIfNeeded: row >> 64), UInt64(truncatingIfNeeded: row)])
    }
    try rows.commit()
  }
}
