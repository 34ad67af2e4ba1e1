internal import Documents
internal import Provenance
internal import Sharding
internal import Storage

extension InspectedRun {
  /// Checks that each shard decodes and is what its index and the ledger say.
  func verifyShards(_ verification: inout Verification) throws {
    for corpus in Corpus.allCases {
      let rows = try ledger.shards(corpus)
      if rows.isEmpty { continue }
      let index = indexedShards(corpus, &verification)
      if let index, index.shards.count != rows.count {
        verification.find(
          .shards, RunDirectory.shards(corpus),
          "the index names \(index.shards.count) shards and the ledger \(rows.count)")
      }
      for row in rows {
        verification.count(.shards)
        do throws(ShardingError) {
          let shard = try Shard(path: directory.path(row.path))
          try shard.verify()
          compare(shard, row, index, &verification)
          try compareSegments(of: shard, row, &verification)
        } catch {
          verification.find(.shards, row.path, "\(error)")
        }
      }
    }
  }

  private func indexedShards(
    _ corpus: Corpus, _ verification: inout Verification
  ) -> ShardIndex? {
    do throws(ShardingError) {
      return try ShardIndex(directory: directory.path(RunDirectory.shards(corpus)))
    } catch {
      verification.find(.shards, RunDirectory.shards(corpus), "\(error)")
      return nil
    }
  }

  private func compare(
    _ shard: Shard, _ row: ShardRow, _ index: ShardIndex?, _ verification: inout Verification
  ) {
    let made = shard.counts
    if made.sequences != row.sequences || made.tokens != row.tokens || made.slots != row.images
      || shard.description.corpus != row.corpus
      || shard.description.split.rawValue != row.split.rawValue
    {
      verification.find(
        .shards, row.path,
        "it holds \(made.sequences) sequences of \(made.tokens) tokens with \(made.slots) images, "
          + "and the ledger says \(row.sequences), \(row.tokens) and \(row.images)")
    }
    let name = row.path.split(separator: "/").last.map(String.init)
    if let index {
      let entry = index.shards.first { $0.file == name }
      if entry?.sha256 != row.digest || entry?.counts != made {
        verification.find(.shards, row.path, "the index describes another shard of this name")
      }
    }
  }

  /// Compares a shard's own segments with those of the ledger.
  private func compareSegments(
    of shard: Shard, _ row: ShardRow, _ verification: inout Verification
  ) throws(ShardingError) {
    for index in 0..<shard.count {
      let sequence = try shard.sequence(at: index)
      let own = sequence.segments.map { [$0.start, $0.offset] }
      let ids = sequence.segments.map(\.document)
      let rows = (try? ledger.segments(row.corpus, shard: row.shard, sequence: index)) ?? []
      guard own == rows.map({ [$0.start, $0.documentOffset] }), ids == rows.map(\.document) else {
        verification.find(
          .shards, row.path, "the segments of sequence \(index) are not those of the ledger")
        return
      }
    }
  }
}
