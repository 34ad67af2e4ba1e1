public import Documents
internal import Sharding

/// Joins what the ranges of each corpus list to the index of its shards.
///
/// A partition is a corpus.
public struct CatalogStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .catalog }

  /// Plans one partition for each corpus that has shards.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let manifests = try run.manifests(of: .shard)
    let all = try PackedRange.all(in: manifests)
    let corpora = Corpus.allCases.filter { corpus in all.contains { $0.corpus == corpus } }
    return corpora.enumerated().map { index, corpus in
      let ranges = all.filter { $0.corpus == corpus }
      let sequences = ranges.reduce(0) { $0 + manifests[$1.partition].counts[.sequence].kept }
      return Partition(
        index: index, key: Self.key(ranges.map(\.list.digest)), work: Int64(sequences),
        reads: ranges.map(\.list.path)
      ) { writer in
        let lists = try ranges.map {
          try ShardIndex(path: writer.directory.path($0.list.path))
        }
        let index = ShardIndex(corpus: corpus, joining: lists)
        try index.write(toFile: writer.output(Self.path(corpus)))
        writer.advance(by: Int64(sequences))
        return StageCounts()
      }
    }
  }

  /// The key of a partition, of the digests of what the ranges list.
  static func key(_ lists: [Digest]) -> PartitionKey { PartitionKey().reading(lists) }

  /// Where the index of a corpus is.
  static func path(_ corpus: Corpus) -> String {
    "\(RunDirectory.shards(corpus))/\(ShardIndex.fileName)"
  }
}
