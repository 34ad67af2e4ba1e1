internal import Deduplication
internal import Documents
internal import Hashing

/// How the search for duplicates over a whole run is divided.
struct DuplicateDivision: Sendable {
  /// The most keys of a rule that one partition sorts, on average: 64 MB of keys.
  var keys = 4_000_000
  /// The most entries of bands that one partition sorts, on average: 128 MB of keys.
  var entries = 8_000_000

  /// A rule, and a range of the hashes that documents are compared by.
  struct Match: Hashable {
    var rule: MatchRule
    var range: HashRange
  }

  /// What each partition of the stage `match` is of.
  func matches(_ run: RunContext) throws -> [Match] {
    let documents = try Self.count(.page, of: run)
    let blocks = try Self.count(.node, of: run)
    return run.configuration.deduplicate.matchRules.flatMap { rule in
      HashRange.ranges(for: rule.isOfDocuments ? documents : blocks, atMost: keys)
        .map { Match(rule: rule, range: $0) }
    }
  }

  /// What each partition of the stage `compare` is of; none where near duplicates are not looked for.
  func shares(_ run: RunContext) throws -> [BandShare] {
    let rules = run.configuration.deduplicate.near
    guard rules.enabled else { return [] }
    return try BandShare.shares(
      of: rules.bands, documents: Self.count(.page, of: run), atMost: entries)
  }

  /// How many pages or text blocks were extracted, those that were forgotten since among them: forgetting
  /// must not divide anew what it leaves as it was.
  static func count(_ unit: StageCounts.Unit, of run: RunContext) throws -> Int {
    try run.manifests(of: .extract).reduce(0) { count, manifest in
      let tally = manifest.counts[unit]
      return count + tally.kept + (tally.dropped[Reason.Code.forgotten.rawValue] ?? 0)
    }
  }
}

/// The signatures of a run's documents.
struct RunSignatures {
  let paths: [String]
  let digests: [Digest]
  private let directory: RunDirectory
  private let bands: Int

  init(_ run: RunContext) throws {
    paths = try run.manifests(of: .extract).map { RunDirectory.signatures($0.partition) }
    let known = Set(paths)
    digests = try run.manifests(of: .signatures).flatMap(\.outputs)
      .filter { known.contains($0.path) }.map(\.digest)
    directory = run.directory
    bands = run.configuration.deduplicate.near.bands
  }

  func open() throws -> SignatureSet {
    try SignatureSet(paths.map { directory.path($0) }, bands: bands)
  }
}

extension PartitionWriter {
  /// Where a partition of a stage that may run beside others of it sorts, and that progress and
  /// interruptions are known there.
  func searchSpace(_ stage: StageName, _ partition: Int) -> SearchSpace {
    SearchSpace(
      scratch: path(of: "\(RunDirectory.sortedRuns)/\(stage.rawValue)-\(partition)"),
      step: { documents in
        try self.checkInterruption()
        self.advance(by: Int64(documents))
      })
  }
}
