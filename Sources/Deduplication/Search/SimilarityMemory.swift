/// The similarities that were measured last: bands have many of their pairs in common.
///
/// It is of a fixed size, and what it forgets is measured again, so it changes nothing of what is found.
struct SimilarityMemory {
  private var pairs: [UInt64]
  private var similarities: [Double]
  private let mask: UInt64

  /// The most pairs that are remembered, as a power of two: 16 MiB of memory.
  private static let mostBits = 20

  /// Makes a memory that knows nothing, with places for eight pairs a document if they are few.
  init(documents: Int) {
    let bits = min(Self.mostBits, documents.bitWidth - documents.leadingZeroBitCount + 3)
    mask = 1 << UInt64(bits) - 1
    // No document is paired with itself, so that no pair is 0.
    pairs = Array(repeating: 0, count: 1 << bits)
    similarities = Array(repeating: 0, count: 1 << bits)
  }

  /// The similarity of two documents, measured where it is not known.
  mutating func similarity(
    _ one: UInt32, _ other: UInt32, measuring measure: () -> Double
  ) -> Double {
    let pair = UInt64(min(one, other)) << 32 | UInt64(max(one, other))
    let slot = Int((pair &* Shingles.factor) >> 32 & mask)
    if pairs[slot] == pair { return similarities[slot] }
    let measured = measure()
    (pairs[slot], similarities[slot]) = (pair, measured)
    return measured
  }
}
