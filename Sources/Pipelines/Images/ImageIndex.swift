internal import Documents
internal import Fetching

/// The images of all archives of a run by normalised URL, redirects followed.
///
/// It reads the sorted files that the locate stage wrote where they stand, so that its memory does not
/// grow with the crawl. A URL is looked up in the files of the range that its hash is in; a redirect
/// may lead to another range.
struct ImageIndex: Sendable {
  private let ranges: HashRanges
  private let files: [ImageIndexRange]
  private let pages: ImagePageCounts?

  /// How many redirects are followed to an image; browsers give up after 20 (Fetch Standard, §4.4).
  private static let maximumRedirects = 20
  /// How many URLs are looked up on the way, where some have several redirects.
  private static let maximumURLs = 64

  /// Opens the index of a run; with the counts of pages once those are made.
  init(_ run: RunContext, withPages: Bool = true) throws {
    let files = try run.manifests(of: .locate).map(\.partition).map {
      try ImageIndexRange(
        keys: run.directory.path(RunDirectory.imageIndexKeys($0)),
        entries: run.directory.path(RunDirectory.imageIndexEntries($0)))
    }
    self.init(files, pages: withPages ? try ImagePageCounts(run) : nil)
  }

  /// The index of all ranges, in order.
  init(_ files: [ImageIndexRange], pages: ImagePageCounts?) {
    ranges = HashRanges(count: files.count)
    self.files = files
    self.pages = pages
  }

  /// The files of a run's index, without the counts of pages.
  static func files(of run: RunContext) throws -> [String] {
    try run.manifests(of: .locate).map(\.partition).flatMap {
      [RunDirectory.imageIndexKeys($0), RunDirectory.imageIndexEntries($0)]
    }
  }

  /// Finds the image that a URL leads to.
  ///
  /// - Throws: ``RunError`` where the index is damaged.
  func resolve(_ url: String) throws -> Decision<ResolvedImage> {
    guard let key = ImageURLKey(url) else { return .dropped(Reason(.noURL)) }
    let found = try find(key.hash, key)
    guard case .kept(var image) = found else { return found }
    image.pageCount = pages?.pages(of: image.digest)
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
      for entry in try files[ranges.range(of: next.hash)].entries(next.hash, next.key) {
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
}
