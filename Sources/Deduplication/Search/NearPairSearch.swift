internal import Storage

/// Finds pairs of near duplicates, as far as some bands tell.
///
/// Each share of the bands has other buckets, and what is found in one is a function of its documents
/// alone. Memory is what sorting may take, a bit a document, 16 MiB, and 100 bytes for each document of
/// the largest bucket.
public struct NearPairSearch {
  private let signatures: SignatureSet
  private let rules: NearDuplicateRules
  private let share: BandShare
  private let dropped: DocumentBits

  /// Prepares a search.
  ///
  /// - Parameter matches: The files of what agrees by the exact rules that are on; what they drop is not
  ///   compared.
  /// - Throws: ``DeduplicationError`` where a file is damaged, `StorageError` where one cannot be read.
  public init(
    _ signatures: SignatureSet, matches: [String], rules: NearDuplicateRules, share: BandShare
  ) throws {
    (self.signatures, self.rules, self.share) = (signatures, rules, share)
    let files = try matches.map { try MatchFile(path: $0, documents: signatures.count) }
    dropped = try ExactDuplicates(files, documents: signatures.count).dropped
  }

  /// Searches, and writes the pairs to a file.
  ///
  /// - Throws: ``DeduplicationError`` where a file of signatures is damaged, `StorageError` where one cannot
  ///   be read or sorted runs not be written.
  public func write(to path: String, in space: SearchSpace) throws {
    var comparison = BucketComparison(signatures, rules: rules)
    var file = try NearPairWriter(path: path, documents: signatures.count)
    try space.using {
      for band in share.bands {
        var sorter = space.sorter()
        try addHashes(of: band, to: &sorter, space)
        try sorter.forEachGroup(ofAtLeast: 2) { _, bucket in
          let numbers = bucket.map { UInt32(truncatingIfNeeded: $0) }
          try comparison.forEachPair(in: numbers) { try file.add($0) }
        }
      }
    }
    try file.commit()
  }

  private func addHashes(
    of band: Int, to sorter: inout ExternalSorter, _ space: SearchSpace
  ) throws {
    try signatures.forEachPart { file, numbers in
      try file.forEachHash(ofBand: band) { index, hash in
        let number = numbers.lowerBound + UInt32(index)
        // A document without shingles has no bands.
        guard hash != 0, share.range.contains(hash), !dropped.contains(number) else { return }
        try sorter.add(UInt128(hash) << 64 | UInt128(number))
      }
      try space.step(numbers.count)
    }
  }
}
