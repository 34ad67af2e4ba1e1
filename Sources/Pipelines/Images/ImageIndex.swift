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
  /// How many URLs are looked up on the way, where some have several redirects.
  private static let maximumURLs = 64

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
    let found = try find(key.hash, key)
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
    try find(hash, nil)
  }

  /// How many pages show an image.
  private func pageCount(of digest: Digest) -> Int? {
    guard let pages else { return nil }
    let row = Self.firstRow(of: digest.prefix, in: pages)
    guard row < pages.count / 16 else { return nil }
    let words = pages.words(2 * row..<2 * row + 2)
    return words[0] == digest.prefix ? Int(words[1]) : nil
  }

  /// Follows a URL to an image: the first response of it that could be decoded, else what any of its
  /// redirects leads to, the earlier crawled before the later.
  private func find(_ hash: UInt64, _ key: ImageURLKey?) throws -> Decision<ResolvedImage> {
    var waiting = [(hash: hash, key: key, redirects: 0)]
    var seen: Set<UInt64> = []
    var fault: Reason?
    var isLoop = false
    while !waiting.isEmpty, seen.count < Self.maximumURLs {
      let next = waiting.removeFirst()
      guard next.redirects <= Self.maximumRedirects, seen.insert(next.hash).inserted else {
        isLoop = true
        continue
      }
      for entry in try entries(next.hash, next.key) {
        switch entry.target {
        case .image(let image): return .kept(image)
        case .fault(let reason): fault = fault ?? reason
        case .redirect(let key): waiting.append((key.hash, key, next.redirects + 1))
        }
      }
    }
    let loop = Reason(.redirectLoop, threshold: Double(Self.maximumRedirects))
    return .dropped(fault ?? (isLoop || !waiting.isEmpty ? loop : Reason(.notInArchive)))
  }

  /// The entries of a URL, those of images first.
  private func entries(_ hash: UInt64, _ key: ImageURLKey?) throws -> [ImageIndexEntry] {
    var images: [ImageIndexEntry] = []
    var others: [ImageIndexEntry] = []
    var row = Self.firstRow(of: hash, in: keys)
    while row < keys.count / 16 {
      let words = keys.words(2 * row..<2 * row + 2)
      guard words[0] == hash else { break }
      row += 1
      let entry = try entry(at: words[1])
      guard key == nil || entry.key == key else { continue }
      if case .image = entry.target { images.append(entry) } else { others.append(entry) }
    }
    return images + others
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
