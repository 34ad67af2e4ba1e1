internal import Deduplication
public import Documents

/// Finds pairs of documents that are nearly the same.
///
/// A partition is a number of bands or, where there are many documents, a range of the hashes of one.
public struct CompareStage: Stage {
  private let division: DuplicateDivision

  /// Makes the stage.
  public init() { self.init(division: DuplicateDivision()) }

  init(division: DuplicateDivision) { self.division = division }

  /// The stage's name.
  public var name: StageName { .compare }

  /// Plans one partition for each share of the bands; none where near duplicates are not looked for.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let signatures = try RunSignatures(run)
    let rules = run.configuration.deduplicate.near
    let documents = try DuplicateDivision.count(.page, of: run)
    let matches = try exactMatches(run)
    return try division.shares(run).enumerated().map { index, share in
      Partition(
        index: index,
        key: try PartitionKey().reading(signatures.digests).reading(matches.map(\.digest))
          .with("share", share).with("verify", rules.verify)
          .with("rules", rules.verify ? [rules.threshold, Double(rules.imagesTellBelow)] : []),
        work: Int64(documents * share.bands.count), reads: signatures.paths + matches.map(\.path)
      ) { writer in
        try NearPairSearch(
          signatures.open(), matches: matches.map { run.directory.path($0.path) }, rules: rules,
          share: share
        ).write(
          to: writer.output(RunDirectory.nearPairs(index)),
          in: writer.searchSpace(.compare, index))
        return StageCounts()
      }
    }
  }

  /// The files that say which documents need not be compared.
  private func exactMatches(_ run: RunContext) throws -> [PartitionManifest.Output] {
    let divided = try division.matches(run)
    return try run.manifests(of: .match).compactMap { manifest in
      guard divided.indices.contains(manifest.partition),
        divided[manifest.partition].rule.isOfDocuments
      else { return nil }
      return manifest.outputs.first { $0.path == RunDirectory.matches(manifest.partition) }
    }
  }
}
