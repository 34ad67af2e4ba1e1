internal import Deduplication
public import Documents

/// Finds the documents that agree in a URL, a text or a set of images, and the text blocks that do.
///
/// A partition is a rule and a range of the hashes that it compares.
public struct MatchStage: Stage {
  private let division: DuplicateDivision

  /// Makes the stage.
  public init() { self.init(division: DuplicateDivision()) }

  init(division: DuplicateDivision) { self.division = division }

  /// The stage's name.
  public var name: StageName { .match }

  /// Plans one partition for each rule that is on and each range of its hashes.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let signatures = try RunSignatures(run)
    let work = try Int64(DuplicateDivision.count(.page, of: run))
    return try division.matches(run).enumerated().map { index, match in
      Partition(
        index: index,
        // What a group is worth is asked later: no threshold is part of the key.
        key: try PartitionKey().reading(signatures.digests).with("rule", match.rule)
          .with("range", match.range),
        work: work, reads: signatures.paths
      ) { writer in
        try MatchSearch(signatures.open(), rule: match.rule, range: match.range).write(
          to: writer.output(RunDirectory.matches(index)),
          in: writer.searchSpace(.match, index))
        return StageCounts()
      }
    }
  }
}
