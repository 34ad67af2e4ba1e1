internal import Documents
internal import Storage
internal import WebAddress

/// The name of an image URL in the files that resolving works with: its normal form, and a hash of that.
struct ImageURLKey: Hashable {
  /// The URL in normal form.
  let url: String
  /// A hash of it.
  var hash: UInt64 { SeededHash.value(seed: 0, salt: "imageURL", id: url.utf8) }

  /// The key of a URL; `nil` where it is none.
  init?(_ url: String) {
    guard let normalized = WebURL(parsing: url)?.normalized else { return nil }
    self.url = normalized
  }

  /// The key of a URL that is in normal form.
  init(normalized url: String) { self.url = url }
}

/// Writes the image URLs of a part's documents, so that all documents need not be read again to learn
/// which images there are.
///
/// The file is a stretch of 64-bit words for each document: its identity in two, the number of distinct
/// URLs, and the hash of each in ascending order.
struct ImageURLWriter: ~Copyable {
  private let file: AtomicFile

  init(path: String) throws { file = try AtomicFile(path: path) }

  func add(_ document: InterleavedDocument) throws {
    let hashes = Set(document.images.compactMap { ImageURLKey($0.url)?.hash }).sorted()
    let identity = document.id.words
    try file.write(words: [identity.high, identity.low, UInt64(hashes.count)] + hashes)
  }

  func commit() throws { try file.commit() }
}

/// Reads what ``ImageURLWriter`` wrote, one document after the other.
struct ImageURLReader {
  private let file: MappedFile
  private var at = 0

  init(path: String) throws { file = try MappedFile(path: path) }

  /// The next document and the hashes of its image URLs; `nil` after the last.
  ///
  /// - Throws: ``RunError`` where the file is damaged.
  mutating func next() throws -> (document: DocumentID, urls: [UInt64])? {
    let words = file.count / 8
    if at == words { return nil }
    guard at + 3 <= words else { throw damaged }
    let head = file.words(at..<at + 3)
    guard head[2] <= UInt64(words - at - 3) else { throw damaged }
    let end = at + 3 + Int(head[2])
    let urls = file.words(at + 3..<end)
    file.release(at * 8..<end * 8)
    at = end
    return (DocumentID(high: head[0], low: head[1]), urls)
  }

  private var damaged: RunError {
    RunError(.damaged, "'\(file.path)' is damaged; remove it and run again")
  }
}
