internal import Compression
internal import Documents
public import ObjectStores

/// A crawl of Common Crawl: its listing, its index and its records.
///
/// It is read politely: one request after the other, and by the store's rules of waiting.
public struct Crawl: Sendable {
  private let query: CrawlQuery
  private let base: String
  private let store: ObjectStore

  /// Where Common Crawl gives its data.
  public static let usualBase = "https://data.commoncrawl.org/"
  private static let listingBytes = 1 << 26
  /// How many blocks of the index are looked at for one query.
  private static let maximumBlocks = 10_000

  /// Makes a crawl; nothing is asked for yet.
  ///
  /// - Parameter base: The address before `crawl-data/`, of a web server or a bucket.
  public init(_ query: CrawlQuery, base: String = Crawl.usualBase, store: ObjectStore) {
    self.query = query
    self.base = base.hasSuffix("/") ? base : base + "/"
    self.store = store
  }

  /// A record of the crawl and where it stands.
  public struct Place: Hashable, Sendable {
    /// The archive.
    public var uri: ObjectURI
    /// The byte offset of the record's member.
    public var offset: Int64
    /// The member's length in bytes.
    public var length: Int64
  }

  /// The whole archives that are named.
  ///
  /// - Throws: ``CrawlError`` where the listing has fewer, `ObjectStoreError`.
  public func archives() throws -> [ObjectURI] {
    guard let files = query.files else { return [] }
    let uri = try address("crawl-data/\(query.crawl)/warc.paths.gz")
    let listing = try text(of: try store.read(uri, limit: Self.listingBytes).bytes, "\(uri)")
    let paths = listing.split(separator: "\n")
    guard files.upperBound <= paths.count else {
      throw CrawlError("\(query.crawl) has \(paths.count) archives, and files names more")
    }
    return try paths[files].map { try address(String($0)) }
  }

  /// The records that are chosen, in the order of archives and offsets.
  ///
  /// It is a function of the query and the index.
  public func records(isStopped: () -> Bool = { false }) throws -> [Place] {
    let folder = "cc-index/collections/\(query.crawl)/indexes/"
    let uri = try address(folder + "cluster.idx")
    let index = ClusterIndex(store: store, uri: uri, info: try store.head(uri))
    var found: Set<Place> = []
    func take(_ block: ClusterIndex.Block) throws {
      if isStopped() { throw CancellationError() }
      for line in try lines(of: block, folder) where found.count < query.limit {
        if query.matches(line) {
          found.insert(
            Place(uri: try address(line.file), offset: line.offset, length: line.length))
        }
      }
    }
    if let keys = query.keyRange {
      for block in try index.blocks(of: keys, limit: Self.maximumBlocks)
      where found.count < query.limit { try take(block) }
    } else {
      try sample(index, isEnough: { found.count >= query.limit }, take)
    }
    return found.sorted { ("\($0.uri)", $0.offset) < ("\($1.uri)", $1.offset) }
  }

  /// Looks at blocks at places that the seed draws, each once.
  private func sample(
    _ index: ClusterIndex, isEnough: () -> Bool, _ take: (ClusterIndex.Block) throws -> Void
  ) throws {
    var seen: Set<ClusterIndex.Block> = []
    var misses = 0
    var draw = 0
    while !isEnough(), seen.count < Self.maximumBlocks, misses < 100, index.info.size > 0 {
      let unit = SeededHash.unit(
        seed: query.seed, salt: "crawl index", id: "\(draw)".utf8)
      draw += 1
      let place = min(Int64(unit * Double(index.info.size)), index.info.size - 1)
      guard let block = try index.block(after: place), seen.insert(block).inserted else {
        // In a small index most places lead to blocks that were seen.
        misses += 1
        continue
      }
      misses = 0
      try take(block)
    }
  }

  private func lines(of block: ClusterIndex.Block, _ folder: String) throws -> [IndexLine] {
    let uri = try address(folder + block.file)
    let bytes = try store.read(uri, block.offset..<block.offset + block.length)
    return try text(of: bytes, "\(uri)").split(separator: "\n").compactMap { IndexLine($0) }
  }

  private func text(of compressed: [UInt8], _ name: String) throws -> String {
    let result = CompressionFormat.gzip.decompress(compressed, limit: Self.listingBytes)
    guard case .complete = result.ending else {
      throw CrawlError("\(name) cannot be decompressed; is it a crawl's?")
    }
    return String(decoding: result.bytes, as: UTF8.self)
  }

  private func address(_ path: String) throws -> ObjectURI {
    guard !path.contains(".."), path.utf8.allSatisfy({ 0x21...0x7e ~= $0 && $0 != 0x3f }) else {
      throw CrawlError("'\(path.prefix(80))' is no path of a crawl")
    }
    return try ObjectURI(base + path)
  }
}
