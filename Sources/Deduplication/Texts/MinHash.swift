internal import Documents

/// Bands of a MinHash signature: texts that share many shingles are likely to agree in one.
///
/// Each of `bands × rows` hash functions gives the least hash of a text's shingles, on which two texts agree
/// with the probability of their Jaccard index. A band is a hash of `rows` such minima.
public struct MinHash: Sendable {
  /// How many bands there are.
  public let bands: Int
  /// How many minima make a band.
  public let rows: Int

  private let factors: [UInt64]
  private let terms: [UInt64]

  /// Makes the functions, the same on every machine.
  public init(bands: Int, rows: Int) {
    precondition(bands > 0 && rows > 0, "a signature has bands, and a band has rows")
    self.bands = bands
    self.rows = rows
    let count = UInt64(bands * rows)
    // x ↦ a·x + b modulo 2^64 with odd a permutes the hashes. Shingle hashes are mixed already, so that
    // this is as good as a function that mixes them anew (Mitzenmacher and Vadhan, SODA 2008).
    factors = (0..<count).map { SeededHash.finish(2 &* $0 &* Shingles.factor &+ 1) | 1 }
    terms = (0..<count).map { SeededHash.finish((2 &* $0 &+ 1) &* Shingles.factor &+ 2) }
  }

  /// The bands of a text with at least one shingle.
  ///
  /// - Complexity: O(bands × rows × shingles).
  public func signature(of shingles: Shingles) -> [UInt64] {
    precondition(!shingles.values.isEmpty, "a text without shingles has no signature")
    return (0..<bands).map { band in
      (band * rows..<(band + 1) * rows).reduce(0) { hash, function in
        SeededHash.finish(hash &* Shingles.factor ^ minimum(function, of: shingles.values))
      }
    }
  }

  private func minimum(_ function: Int, of values: [UInt64]) -> UInt64 {
    let factor = factors[function]
    let term = terms[function]
    var least = UInt64.max
    for value in values { least = min(least, value &* factor &+ term) }
    return least
  }
}
