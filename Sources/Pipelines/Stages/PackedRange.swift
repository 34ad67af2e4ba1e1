internal import Documents

/// A range of a corpus that a partition of the stage `shard` has packed.
struct PackedRange {
  let corpus: Corpus
  /// The partition.
  let partition: Int
  /// The file that lists its shards.
  let list: PartitionManifest.Output

  /// The ranges that manifests of the stage tell of, those of a corpus in their order.
  ///
  /// - Throws: ``RunError`` where one names no such list: another weft has written it.
  static func all(in manifests: [PartitionManifest]) throws -> [PackedRange] {
    try manifests.map { manifest in
      for corpus in Corpus.allCases {
        let folder = "work/shards/\(corpus.rawValue)/"
        if let list = manifest.outputs.first(where: { $0.path.hasPrefix(folder) }) {
          return PackedRange(corpus: corpus, partition: manifest.partition, list: list)
        }
      }
      throw RunError(
        .damaged,
        "'\(RunDirectory.manifest(.shard, manifest.partition))' does not say which shards it made; "
          + "make them again by `weft run` on the pipeline")
    }
  }
}
