internal import Storage

/// Two documents that are nearly the same.
struct NearPair: Hashable {
  /// The first of the two in the order of documents.
  var first: UInt32
  var second: UInt32
  /// The share of their shingles that both have; 0 where it was not measured.
  var similarity: Float
}

/// Writes pairs of near duplicates.
struct NearPairWriter: ~Copyable {
  private var file: WordFileWriter

  init(path: String, documents: Int) throws {
    file = try WordFileWriter(path: path, .pairs, documents: documents)
  }

  mutating func add(_ pair: NearPair) throws {
    try file.add([
      UInt64(pair.first) << 32 | UInt64(pair.second), UInt64(pair.similarity.bitPattern),
    ])
  }

  consuming func commit() throws { try file.commit() }
}

/// Pairs of near duplicates, as far as some bands tell.
struct NearPairFile: Sendable {
  private let file: WordFile

  /// Opens and checks a file about a set of documents.
  init(path: String, documents: Int) throws {
    file = try WordFile(path: path, .pairs)
    guard file.documents == documents else {
      throw DeduplicationError(damaged: path, "the file is about other signatures")
    }
  }

  /// Calls a function with each pair.
  func forEach(_ body: (NearPair) throws -> Void) throws {
    var pair: NearPair?
    try file.forEachWord { word in
      guard var whole = pair else {
        let (first, second) = (UInt32(word >> 32), UInt32(truncatingIfNeeded: word))
        pair = NearPair(first: first, second: second, similarity: 0)
        return
      }
      whole.similarity = Float(bitPattern: UInt32(truncatingIfNeeded: word))
      pair = nil
      try body(whole)
    }
  }
}
