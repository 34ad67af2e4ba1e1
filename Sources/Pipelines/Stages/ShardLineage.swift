internal import Curation
internal import Documents
internal import Provenance
internal import Sharding

/// Notes in the ledger which document each run of tokens of a shard came from.
struct ShardLineage {
  private struct PairName: Hashable {
    var document: DocumentID
    var image: Digest
  }

  private let corpus: Corpus
  private let writer: PartitionWriter
  private let pairs: [PairName: Int]

  /// Begins the lineage of shards that hold some of a corpus's documents.
  init(
    corpus: Corpus, directory: RunDirectory, parts: Int, writer: PartitionWriter,
    holding isHeld: (DocumentID) -> Bool
  ) throws {
    self.corpus = corpus
    self.writer = writer
    var pairs: [PairName: Int] = [:]
    if corpus == .pairs {
      for part in 0..<parts {
        try CorpusReader(directory: directory, part: part).forEachPair(of: isHeld) { pair in
          if let image = pair.image.resolved?.digest {
            pairs[PairName(document: pair.document, image: image)] = pair.ordinal
          }
        }
      }
    }
    self.pairs = pairs
  }

  /// Notes a shard that was written, and its segments.
  func record(_ entry: ShardIndex.Entry) throws {
    let relative = "\(RunDirectory.shards(corpus))/\(entry.file)"
    let shard = try Shard(path: writer.output(relative))
    guard let number = entry.number else {
      preconditionFailure("a shard's name holds its number")
    }
    try writer.record(
      .shard(
        .init(
          corpus: corpus, shard: number, split: entry.split == .train ? .train : .validation,
          path: relative, bytes: entry.bytes, digest: entry.sha256,
          sequences: entry.counts.sequences, tokens: entry.counts.tokens,
          images: entry.counts.slots, maximumLength: shard.description.maximumLength)))
    for index in 0..<shard.count {
      try record(shard.sequence(at: index), number: index, of: shard, shardNumber: number)
    }
  }

  private func record(
    _ sequence: ShardSequence, number: Int, of shard: Shard, shardNumber: Int
  ) throws {
    for (place, segment) in sequence.segments.enumerated() {
      let next = sequence.segments.dropFirst(place + 1).first?.start ?? sequence.tokens.count
      let image = sequence.images.first.flatMap {
        pairs[PairName(document: segment.document, image: shard.imageDigest(row: $0.row))]
      }
      try writer.record(
        .segment(
          .init(
            corpus: corpus, shard: shardNumber, sequence: number, start: segment.start,
            length: next - segment.start, document: segment.document,
            documentOffset: segment.offset, image: image)))
    }
  }
}
