internal import Documents
internal import Sharding

/// What shards of a corpus are packed out of: the token ids and features that stages before have made.
struct TokenizedCorpus {
  let corpus: Corpus
  /// The files of token ids, in the order of their parts.
  let tokens: [PartitionManifest.Output]
  /// The files of features, in the order of their parts.
  let features: [PartitionManifest.Output]
  /// How many documents there are.
  let documents: Int

  /// The corpora that a run packs.
  static func all(of run: RunContext) throws -> [TokenizedCorpus] {
    if run.base != nil {
      let corpus = try TokenizedCorpus(.instructions, from: .instructions, features: [], run)
      return corpus.tokens.isEmpty ? [] : [corpus]
    }
    let features = try run.manifests(of: .encode).flatMap(\.outputs)
      .filter { $0.path.hasPrefix("work/features/") }
    return try Corpus.crawled.map {
      try TokenizedCorpus($0, from: .tokenize, features: features, run)
    }
  }

  private init(
    _ corpus: Corpus, from stage: StageName, features: [PartitionManifest.Output],
    _ run: RunContext
  ) throws {
    let manifests = try run.manifests(of: stage)
    self.corpus = corpus
    self.features = features
    tokens = manifests.flatMap(\.outputs)
      .filter { $0.path.hasPrefix("work/tokens/\(corpus.rawValue)/") }
    documents = manifests.reduce(0) { $0 + $1.counts[corpus.unit].kept }
  }

  /// Everything that the shards of all ranges depend on.
  func key(of run: RunContext) throws -> PartitionKey {
    var key = PartitionKey().reading(tokens.map(\.digest))
    if let base = run.base {
      key = key.reading(base.shards.encoder)
    } else {
      key = key.reading(features.map(\.digest))
    }
    return try key.with("shard", run.configuration.shard).with("seed", run.configuration.seed)
  }

  /// The features that are read; where no image is shown, those of one part say how the others are made.
  var readFeatures: [PartitionManifest.Output] {
    showsImages ? features : Array(features.prefix(1))
  }

  /// The files that packing any range reads.
  var reads: [String] {
    var reads = [RunDirectory.tokenizer] + (tokens + readFeatures).map(\.path)
    // The lineage of a pair is the place of its image on the page.
    if corpus == .pairs { reads += tokens.indices.map { RunDirectory.corpus(.pairs, $0) } }
    return reads
  }

  private var showsImages: Bool { corpus == .interleaved || corpus == .pairs }
}

extension TokenizedCorpus {
  /// The shards that one partition packs, in bytes: some minutes of work, whose order and index of images
  /// take less than 1 GB.
  private static let rangeBytes: Int64 = 16 << 30
  /// Of the numbers that a range has for its shards so many are planned for: an image that several
  /// shards show stands in each, so that they may be more than their sources' sizes tell.
  private static let plannedShards = Int64(ShardIndex.shardsPerRange / 10)

  /// How many ranges the corpus is divided into, by the sizes of the files that it is packed out of.
  ///
  /// Forgetting does not change it, since sizes are those that files were made with: what is left is
  /// divided as before.
  func rangeCount(shardBytes: Int) -> Int {
    func size(_ files: [PartitionManifest.Output]) -> Int64 {
      files.reduce(0) { $0 + $1.madeBytes }
    }
    // A token has four bytes in the token ids, and a byte of the loss mask beside them in a shard.
    let bytes = size(tokens) / 4 * 5 + (showsImages ? size(features) : 0)
    return Self.rangeCount(bytes: bytes, shardBytes: shardBytes)
  }

  /// How many ranges shards of so many bytes are divided into.
  static func rangeCount(bytes: Int64, shardBytes: Int) -> Int {
    let shard = min(max(Int64(shardBytes), 1), rangeBytes)
    let range = min(rangeBytes, shard * plannedShards)
    return min(ShardIndex.rangeLimit, Int(max(1, (bytes + range - 1) / range)))
  }
}
