internal import ObjectStores

/// The index of a crawl's index: a sorted text file, of which each line names a block of the index and its first
/// key.
///
/// Of the file, which has hundreds of megabytes, only what is needed is read.
struct ClusterIndex {
  /// A block of the index.
  struct Block: Hashable, Sendable {
    /// The first key of the block.
    var key: String
    var file: String
    var offset: Int64
    var length: Int64

    /// The longest block that is read, in bytes.
    static let maximumLength: Int64 = 1 << 26

    init?(_ line: Substring) {
      let parts = line.split(separator: "\t")
      guard parts.count >= 4, let key = parts[0].split(separator: " ").first,
        parts[1].hasPrefix("cdx-"), parts[1].hasSuffix(".gz"), !parts[1].contains("/"),
        let offset = Int64(parts[2]), offset >= 0, let length = Int64(parts[3]),
        1...Self.maximumLength ~= length, offset <= .max - length
      else { return nil }
      self.key = String(key)
      file = String(parts[1])
      self.offset = offset
      self.length = length
    }
  }

  let store: ObjectStore
  let uri: ObjectURI
  let info: ObjectInfo
  private static let pieceBytes: Int64 = 1 << 16
  /// The longest line, in bytes.
  private static let lineBytes: Int64 = 1 << 14

  /// The blocks that may hold keys of a range: the last that begins before it, and all that begin in it.
  func blocks(of keys: Range<String>, limit: Int) throws -> [Block] {
    var (low, high) = (Int64(0), info.size)
    // The line that begins at `low` begins before the range, or is the first.
    while high - low > Self.pieceBytes {
      let middle = low + (high - low) / 2
      guard let (start, block) = try line(after: middle), start < high else { break }
      if block.key < keys.lowerBound { low = start } else { high = middle }
    }
    var blocks: [Block] = []
    try lines(from: low) { block in
      if block.key >= keys.upperBound { return false }
      if block.key < keys.lowerBound { blocks.removeAll() }
      blocks.append(block)
      return blocks.count < limit
    }
    return blocks
  }

  /// The block whose line is the first to begin after a place, or the file's first.
  func block(after place: Int64) throws -> Block? {
    if let found = try line(after: place) { return found.block }
    var first: Block?
    try lines(from: 0) { block in
      first = block
      return false
    }
    return first
  }

  private func line(after place: Int64) throws -> (start: Int64, block: Block)? {
    let bytes = try store.read(uri, place..<min(place + 2 * Self.lineBytes, info.size), of: info)
    guard let end = bytes.firstIndex(of: 0x0a) else { return nil }
    let rest = bytes[(end + 1)...]
    let text = rest.prefix { $0 != 0x0a }
    guard !text.isEmpty, let block = Block(Substring(String(decoding: text, as: UTF8.self))) else {
      return nil
    }
    return (place + Int64(end) + 1, block)
  }

  /// Reads lines from the beginning of one on, until the function says that it has enough.
  private func lines(from start: Int64, _ take: (Block) throws -> Bool) throws {
    var position = start
    var pending: [UInt8] = []
    while position < info.size || !pending.isEmpty {
      let end = min(position + Self.pieceBytes, info.size)
      pending += try store.read(uri, position..<end, of: info)
      position = end
      while let lineEnd = pending.firstIndex(of: 0x0a) {
        let text = String(decoding: pending[..<lineEnd], as: UTF8.self)
        pending.removeFirst(lineEnd + 1)
        guard let block = Block(Substring(text)) else {
          throw CrawlError("\(uri): '\(text.prefix(80))' names no block of an index")
        }
        if try !take(block) { return }
      }
      guard pending.count <= Self.lineBytes else {
        throw CrawlError("\(uri): a line has more than \(Self.lineBytes) bytes; it is no index")
      }
      if position == info.size { return }
    }
  }
}
