internal import Documents

/// The distinct runs of a number of consecutive words of a text, as sorted 64-bit hashes.
public struct Shingles: Hashable, Sendable {
  /// The hashes in ascending order, each once.
  public let values: [UInt64]

  // An odd factor with its bits well spread: SplitMix64's increment.
  static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Makes the shingles of a text; none where it has fewer words than a shingle.
  public init(_ words: WordHashes, length: Int) {
    precondition(length > 0, "a shingle has words")
    let hashes = words.values
    guard hashes.count >= length else {
      values = []
      return
    }
    let all = (0...hashes.count - length).map { start in
      SeededHash.finish(
        hashes[start..<start + length].reduce(0) { $0 &* Self.factor &+ $1 })
    }.sorted()
    var distinct: [UInt64] = []
    distinct.reserveCapacity(all.count)
    for value in all where value != distinct.last { distinct.append(value) }
    values = distinct
  }

  /// Takes hashes that are sorted and distinct already.
  init(sorted values: [UInt64]) { self.values = values }

  /// The share of the shingles of either text that both have: Jaccard's index, from 0 to 1.
  ///
  /// - Returns: 0 where both texts have none.
  public func similarity(to other: Shingles) -> Double {
    var shared = 0
    var left = 0
    var right = 0
    while left < values.count && right < other.values.count {
      let (mine, theirs) = (values[left], other.values[right])
      if mine == theirs { shared += 1 }
      if mine <= theirs { left += 1 }
      if theirs <= mine { right += 1 }
    }
    let union = values.count + other.values.count - shared
    return union == 0 ? 0 : Double(shared) / Double(union)
  }
}
