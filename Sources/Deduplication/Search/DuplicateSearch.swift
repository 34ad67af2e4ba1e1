internal import Storage

/// Finds the duplicates among the documents of all parts: all three steps of the search, one after the
/// other.
public struct DuplicateSearch {
  private let signatures: SignatureSet
  private let rules: DeduplicationConfiguration
  private let scratch: String
  private let memoryBytes: Int
  /// Into how many ranges of hashes each rule is divided.
  var ranges = 1
  /// How many entries of bands are sorted at once.
  var entries = 8 << 20

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - paths: The files of signatures of each part, made with the same shingles, bands and rows.
  ///   - scratch: A directory for sorted runs and what was found; what is in it is removed.
  ///   - memoryBytes: How much memory sorting may take.
  /// - Throws: ``DeduplicationError`` where a file is none or damaged, `StorageError` where it cannot be
  ///   read.
  public init(
    _ paths: [String], rules: DeduplicationConfiguration, scratch: String,
    memoryBytes: Int = 256 << 20
  ) throws {
    (self.rules, self.scratch, self.memoryBytes) = (rules, scratch, memoryBytes)
    signatures = try SignatureSet(paths, bands: rules.near.bands)
  }

  /// Searches.
  ///
  /// - Throws: ``DeduplicationError`` where a file of signatures is damaged, `StorageError` where one cannot
  ///   be read or sorted runs not be written.
  /// - Returns: What was found in each part, in the order of the files.
  public func run() throws -> [Duplicates] {
    try Directory.remove(scratch)
    try Directory.make(scratch)
    let space = SearchSpace(scratch: scratch + "/sorted", memoryBytes: memoryBytes)
    var matches: [String] = []
    for rule in rules.matchRules {
      for index in 0..<ranges {
        matches.append("\(scratch)/\(rule)-\(index)")
        try MatchSearch(signatures, rule: rule, range: HashRange(index, of: ranges))
          .write(to: matches[matches.count - 1], in: space)
      }
    }
    var pairs: [String] = []
    let shares = BandShare.shares(
      of: rules.near.bands, documents: signatures.count, atMost: entries)
    for (index, share) in shares.enumerated() where rules.near.enabled {
      pairs.append("\(scratch)/pairs-\(index)")
      try NearPairSearch(signatures, matches: matches, rules: rules.near, share: share)
        .write(to: pairs[index], in: space)
    }
    var found: [Duplicates] = []
    try DuplicateClusters(signatures, matches: matches, pairs: pairs, rules: rules)
      .forEachPart(in: space) { _, duplicates in found.append(duplicates) }
    try Directory.remove(scratch)
    return found
  }
}
