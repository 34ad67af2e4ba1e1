public import Documents
internal import Sharding

/// Packs the tokens of each corpus and the features of its images into shards.
///
/// A partition is a range of a corpus's documents by the hashes that order them (``ShardDivision``): it
/// holds the order and the images of its own documents alone, and numbers its shards without another.
/// ``CatalogStage`` joins what the ranges list.
public struct ShardStage: Stage {
  private let ranges: Int?

  /// Makes the stage.
  public init() { ranges = nil }

  /// Makes the stage with a number of ranges for each corpus, whatever their sizes.
  init(ranges: Int) { self.ranges = ranges }

  /// The stage's name.
  public var name: StageName { .shard }

  /// The positions an image takes in a sequence, beside the two tokens around them (§3.2 of the
  /// KOSMOS-1 paper).
  public static let latents = 64

  /// Plans one partition for each range of each corpus that the run makes.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let packed = try TokenizedCorpus.all(of: run).flatMap { corpus in
      let count = ranges ?? corpus.rangeCount(shardBytes: run.configuration.shard.shardBytes)
      return (0..<count).map { (corpus, DocumentRange($0, of: count)) }
    }
    return try packed.enumerated().map { index, packed in
      let (corpus, range) = packed
      let key = try corpus.key(of: run).with("range", [range.index, range.count])
      let documents = corpus.documents / range.count
      return Partition(
        index: index, key: key, work: Int64(documents), reads: corpus.reads,
        identifyingOutput: RunDirectory.shardRange(corpus.corpus, range.index)
      ) { writer in
        try RangePacking(run: run, corpus: corpus, range: range, writer: writer).perform()
      }
    }
  }
}
