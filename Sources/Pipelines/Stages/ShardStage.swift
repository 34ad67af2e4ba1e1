public import Documents
internal import Hashing
internal import Provenance
internal import Sharding
internal import Tokenization

/// Packs the tokens of each corpus and the features of its images into shards.
///
/// A partition is a corpus: packing goes over all of its documents in the order of their hashes.
public struct ShardStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .shard }

  /// The positions an image takes in a sequence, beside the two tokens around them (§3.2 of the
  /// KOSMOS-1 paper).
  public static let latents = 64

  /// Plans one partition for each corpus that the run makes.
  public func plan(_ run: RunContext) throws -> [Partition] {
    if let base = run.base { return try planInstructions(run, base) }
    let features = try run.digests(of: .encode, under: "work/features")
    let parts = try run.manifests(of: .tokenize)
    return try Corpus.crawled.enumerated().map { index, corpus in
      let folder = "work/tokens/\(corpus.rawValue)"
      let key = try PartitionKey().reading(run.digests(of: .tokenize, under: folder))
        .reading(features).with("shard", run.configuration.shard)
        .with("seed", run.configuration.seed)
      let documents = parts.reduce(0) { $0 + $1.counts[corpus.unit].kept }
      let reads = try reads(of: run, corpus: corpus, parts: parts)
      return Partition(index: index, key: key, work: Int64(documents), reads: reads) { writer in
        try CorpusPacking(run: run, corpus: corpus, parts: parts.count, writer: writer).perform()
      }
    }
  }

  private func reads(
    of run: RunContext, corpus: Corpus, parts: [PartitionManifest]
  ) throws -> [String] {
    let features = try run.manifests(of: .encode).map { RunDirectory.features($0.partition) }
    var reads = [RunDirectory.tokenizer] + features
    for part in parts.indices {
      reads.append(RunDirectory.tokens(corpus, part))
      // The lineage of a pair is the place of its image on the page.
      if corpus == .pairs { reads.append(RunDirectory.corpus(.pairs, part)) }
    }
    return reads
  }

  private func planInstructions(_ run: RunContext, _ base: BaseRun) throws -> [Partition] {
    let tokens = try run.digests(of: .instructions, under: "work/tokens")
    if tokens.isEmpty { return [] }
    let key = try PartitionKey().reading(tokens).reading(base.shards.encoder)
      .with("shard", run.configuration.shard).with("seed", run.configuration.seed)
    let examples = try run.manifests(of: .instructions).reduce(0) {
      $0 + $1.counts[.instruction].kept
    }
    return [
      Partition(
        index: 0, key: key, work: Int64(examples),
        reads: [RunDirectory.tokenizer]
          + tokens.indices.map { RunDirectory.tokens(.instructions, $0) }
      ) { writer in
        try CorpusPacking(run: run, corpus: .instructions, parts: tokens.count, writer: writer)
          .perform()
      }
    ]
  }
}

/// The packing of one corpus.
private struct CorpusPacking {
  let run: RunContext
  let corpus: Corpus
  let parts: Int
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    let encoded = try run.manifests(of: .encode).map {
      try FeaturePart(path: run.directory.path(RunDirectory.features($0.partition)))
    }
    let features = try FeatureSet(encoded)
    let tokenizer = run.directory.path(RunDirectory.tokenizer)
    let vocabulary = try Tokenizer(modelPath: tokenizer).vocabulary
    let description = try describe(encoded.first, vocabulary: vocabulary, tokenizer: tokenizer)
    let lineage = try ShardLineage(
      corpus: corpus, directory: run.directory, parts: parts, writer: writer)
    var counts = StageCounts()
    var sharder = CorpusSharder(
      description, vocabulary: vocabulary, seed: run.configuration.seed,
      validationFraction: run.configuration.shard.validationFraction)
    sharder.shardByteCount = run.configuration.shard.shardBytes
    sharder.onShard = { entry in
      try writer.checkInterruption()
      try lineage.record(entry)
      counts[.sequence].keep(entry.counts.sequences)
      writer.advance(by: Int64(entry.counts.documents))
    }
    let tokens = try (0..<parts).map {
      try TokenizedPart(path: run.directory.path(RunDirectory.tokens(corpus, $0)))
    }
    let folder = RunDirectory.shards(corpus)
    let result = try sharder.write(
      tokens, to: writer.path(of: folder), features: features.features)
    _ = writer.output("\(folder)/\(ShardIndex.fileName)")
    counts[.token] = result.tokens
    return counts
  }

  private func describe(
    _ features: FeaturePart?, vocabulary: Vocabulary, tokenizer: String
  ) throws -> ShardDescription {
    if var description = run.base?.shards {
      // Examples show no image, but stand beside sequences that do.
      description.corpus = corpus
      return description
    }
    return try describeCrawled(features, vocabulary: vocabulary, tokenizer: tokenizer)
  }

  /// A run without a single image has no features; its shards say so by a shape of one number.
  private func describeCrawled(
    _ features: FeaturePart?, vocabulary: Vocabulary, tokenizer: String
  ) throws -> ShardDescription {
    ShardDescription(
      corpus: corpus, split: .train, tokenizer: try Digest(ofFile: tokenizer),
      encoder: features?.origin.encoder ?? Digest(of: []),
      preprocessing: features?.origin.preprocessing ?? "none",
      maximumLength: run.configuration.shard.maximumLength, vocabularySize: vocabulary.size,
      latents: ShardStage.latents, featureTokens: features?.origin.layout.tokens ?? 1,
      featureWidth: features?.origin.layout.width ?? 1,
      featureStorage: features?.origin.layout.storage ?? .float16)
  }
}
