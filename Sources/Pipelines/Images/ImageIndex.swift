internal import Documents
internal import Fetching
internal import Storage

/// The images of all archives of a run by normalised URL, redirects followed.
///
/// It reads the sorted files that the resolve stage wrote where they stand, so that its memory does not
/// grow with the crawl.
struct ImageIndex: Sendable {
  private let keys: MappedFile
  private let entries: MappedFile
  private let pages: MappedFile?

  /// How many redirects are followed to an image; browsers give up after 20 (Fetch Standard, §4.4).
  private static let maximumRedirects = 20

  /// Opens the index of a run.
  init(_ run: RunContext) throws {
    try self.init(
      keys: run.directory.path(RunDirectory.imageKeys),
      entries: run.directory.path(RunDirectory.imageEntries),
      pages: run.directory.path(RunDirectory.imagePages))
  }

  /// Opens an index, without the file of pages while that is made.
  init(keys: String, entries: String, pages: String?) throws {
    self.keys = try MappedFile(path: keys)
    self.entries = try MappedFile(path: entries)
    self.pages = try pages.map { try MappedFile(path: $0) }
  }

  /// Finds the image that a URL leads to.
  ///
  /// - Throws: ``RunError`` where the index is damaged.
  func resolve(_ url: String) throws -> Decision<ResolvedImage> {
    guard let key = ImageURLKey(url) else { return .dropped(Reason(.noURL)) }
    let found = try follow(try target(key.hash) { $0.key == key })
    guard case .kept(var image) = found else { return found }
    image.pageCount = pageCount(of: image.digest)
    return .kept(image)
  }

  /// Finds the images of a document, by URL.
  func images(of document: InterleavedDocument) throws -> [String: Decision<ResolvedImage>] {
    var found: [String: Decision<ResolvedImage>] = [:]
    for image in document.images where found[image.url] == nil {
      found[image.url] = try resolve(image.url)
    }
    return found
  }

  /// Finds the image that the URL of a hash leads to.
  func resolve(hash: UInt64) throws -> Decision<ResolvedImage> {
    try follow(try target(hash) { _ in true })
  }

  /// How many pages show an image.
  private func pageCount(of digest: Digest) -> Int? {
    guard let pages else { return nil }
    let row = Self.firstRow(of: digest.prefix, in: pages)
    guard row < pages.count / 16 else { return nil }
    let words = pages.words(2 * row..<2 * row + 2)
    return words[0] == digest.prefix ? Int(words[1]) : nil
  }

  private func follow(_ first: ImageIndexEntry.Target?) throws -> Decision<ResolvedImage> {
    var target = first
    for _ in 0...Self.maximumRedirects {
      switch target {
      case .image(let image): return .kept(image)
      case .fault(let reason): return .dropped(reason)
      case .redirect(let key): target = try self.target(key.hash) { $0.key == key }
      case nil: return .dropped(Reason(.notInArchive))
      }
    }
    return .dropped(Reason(.redirectLoop, threshold: Double(Self.maximumRedirects)))
  }

  /// What a URL leads to: the first response that could be decoded; failing that, the first fault; failing
  /// that, the first redirect.
  private func target(
    _ hash: UInt64, where isWanted: (ImageIndexEntry) -> Bool
  ) throws -> ImageIndexEntry.Target? {
    var fault: ImageIndexEntry.Target?
    var redirect: ImageIndexEntry.Target?
    var row = Self.firstRow(of: hash, in: keys)
    while row < keys.count / 16 {
      let words = keys.words(2 * row..<2 * row + 2)
      guard words[0] == hash else { break }
      row += 1
      let entry = try entry(at: words[1])
      guard isWanted(entry) else { continue }
      switch entry.target {
      case .image: return entry.target
      case .fault: fault = fault ?? entry.target
      case .redirect: redirect = redirect ?? entry.target
      }
    }
    return fault ?? redirect
  }

  private func entry(at offset: UInt64) throws -> ImageIndexEntry {
    guard offset <= UInt64(max(0, entries.count - 4)), entries.count >= 4 else { throw damaged }
    let start = Int(offset) + 4
    var length = PackedReader(bytes: entries.copy(Int(offset)..<start))
    guard let count = length.number(UInt32.self), Int(count) <= entries.count - start,
      let entry = ImageIndexEntry(bytes: entries.copy(start..<start + Int(count)))
    else { throw damaged }
    return entry
  }

  private var damaged: RunError {
    RunError(.damaged, "'\(entries.path)' is damaged; remove it and run again")
  }

  /// The first row of two words whose first word is not less than a key.
  private static func firstRow(of key: UInt64, in file: MappedFile) -> Int {
    var (low, high) = (0, file.count / 16)
    while low < high {
      let middle = (low + high) / 2
      if file.words(2 * middle..<2 * middle + 1)[0] < key {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension Digest {
  /// The first eight bytes, by which images are counted: of a hundred million images two have the same with
  /// a probability of 0.0003.
  var prefix: UInt64 { bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
