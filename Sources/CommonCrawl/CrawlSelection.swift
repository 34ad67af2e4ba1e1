internal import Compression
internal import Documents
internal import Hashing
public import ObjectStores
internal import RemoteArchives
internal import Storage

/// The records that a query chooses, as an archive of their own.
///
/// The members are those of the crawl's archives, byte for byte; beside the archive a file says where each came
/// from. What is there already is not asked for again.
public struct CrawlSelection: Sendable {
  private let query: CrawlQuery
  private let crawl: Crawl
  private let store: ObjectStore
  /// The path of the archive.
  public let path: String

  /// Names the archive of a query in a directory.
  public init(_ query: CrawlQuery, base: String, store: ObjectStore, directory: String) {
    self.query = query
    self.store = store
    crawl = Crawl(query, base: base, store: store)
    let name = Digest(of: "\(base)\n\(query)".utf8).bytes.prefix(8)
    path = "\(directory)/\(query.crawl)-\(Hexadecimal.encode(name)).warc.gz"
  }

  /// Chooses the records and reads them, where that has not been done yet.
  ///
  /// - Throws: ``CrawlError`` where nothing is chosen or what stands there is no record, `ObjectStoreError`,
  ///   `StorageError`, `CancellationError`.
  public func make(isStopped: () -> Bool = { false }, progress: (Int, Int) -> Void) throws {
    if FileSystem.isFile(path) { return }
    let places = try crawl.records(isStopped: isStopped)
    if places.isEmpty { throw CrawlError("\(query): the index has no such record") }
    let archive = try AtomicFile(path: path)
    var origins = try JSONLinesWriter(path: ArchiveOrigins.path(of: path))
    for (number, place) in places.enumerated() {
      if isStopped() { throw CancellationError() }
      progress(number, places.count)
      let bytes = try store.read(place.uri, place.offset..<place.offset + place.length)
      guard bytes.starts(with: [0x1f, 0x8b]) else {
        throw CrawlError("\(place.uri): no record begins at byte \(place.offset)")
      }
      try origins.write(
        RecordOrigin(
          start: archive.count, uri: "\(place.uri)", offset: place.offset, length: place.length))
      try archive.write(bytes)
    }
    // The archive is last: where it is there, so are its origins.
    try origins.commit()
    try archive.commit()
  }
}
