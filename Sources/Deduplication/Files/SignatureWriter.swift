internal import Documents
internal import Storage

/// Collects the signatures of the documents of a part and writes them to one file.
public struct SignatureWriter: ~Copyable {
  private let path: String
  private let bandCount: Int
  private var rows: [UInt64] = []
  private var bands: [[UInt64]]
  private var paragraphs: [UInt64] = []
  private var shingles: [UInt64] = []
  private var count = 0

  /// Begins a file of signatures with a number of bands.
  public init(path: String, bands: Int) {
    self.path = path
    bandCount = bands
    self.bands = Array(repeating: [], count: bands)
  }

  /// Adds the next document's signature.
  public mutating func add(_ signature: DocumentSignature) {
    let values = signature.shingles.values
    precondition(
      signature.bands.count == (values.isEmpty ? 0 : bandCount),
      "a document with shingles has all bands, and one without has none")
    let id = signature.id.words
    rows += [
      id.high, id.low, UInt64(signature.rank) << 32 | UInt64(UInt32(values.count)), signature.url,
      signature.text, signature.images, UInt64(shingles.count), signature.host,
      signature.imageMask,
      UInt64(WordChecksum.short(values)) << 32 | UInt64(UInt32(signature.texts)),
    ]
    for band in bands.indices { bands[band].append(values.isEmpty ? 0 : signature.bands[band]) }
    for paragraph in signature.paragraphs {
      paragraphs += [paragraph.key, UInt64(count) << 32 | UInt64(paragraph.node)]
    }
    shingles += values
    count += 1
  }

  /// Writes the file.
  ///
  /// - Throws: `StorageError` where the disk is full or broken.
  public consuming func commit() throws {
    let layout = SignatureLayout(
      documents: count, bands: bandCount, paragraphs: paragraphs.count / 2,
      shingles: shingles.count)
    let header = layout.header(
      rows: WordChecksum.of(rows), paragraphs: WordChecksum.of(paragraphs),
      bands: bands.map { WordChecksum.of($0) })
    let file = try AtomicFile(path: path)
    for section in [header, rows] + bands + [paragraphs, shingles] {
      try file.write(words: section)
    }
    try file.commit()
  }
}
