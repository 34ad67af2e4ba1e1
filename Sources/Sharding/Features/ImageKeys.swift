public import Documents

/// Images by the first bytes of their digests: which ones features are needed of, in 8 bytes an image.
public struct ImageKeys: Sendable {
  private var keys: [UInt64] = []
  /// At how many keys those that stand there twice are taken out.
  private var limit = 1 << 16

  /// Names no image.
  public init() {}

  /// Names the images of the documents of a range.
  ///
  /// - Complexity: One pass over the identities of all documents.
  public init(of parts: [TokenizedPart], range: DocumentRange = .whole, seed: UInt64) {
    for part in parts {
      for (index, id) in part.documentIDs.enumerated() where range.contains(id, seed: seed) {
        for image in part.imageDigests(at: index) { insert(image) }
      }
    }
  }

  /// Names an image more.
  public mutating func insert(_ image: Digest) {
    keys.append(Self.key(image))
    if keys.count < limit { return }
    keys = sorted()
    limit = max(limit, 2 * keys.count)
  }

  /// The keys, ascending, each once.
  func sorted() -> [UInt64] {
    var distinct: [UInt64] = []
    for key in keys.sorted() where key != distinct.last { distinct.append(key) }
    return distinct
  }

  /// The key of an image.
  static func key(_ image: Digest) -> UInt64 { key(image.bytes[..<8]) }

  /// The key of an image whose digest begins with some bytes.
  static func key(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension [UInt64] {
  /// The index of the first of ascending numbers that is not below a limit.
  ///
  /// - Complexity: O(log n).
  func firstIndex(atLeast limit: UInt64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
