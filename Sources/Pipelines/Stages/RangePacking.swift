internal import Documents
internal import Hashing
internal import Sharding
internal import Tokenization

/// The packing of one range of a corpus.
struct RangePacking {
  let run: RunContext
  let corpus: TokenizedCorpus
  let range: DocumentRange
  let writer: PartitionWriter

  func perform() throws -> StageCounts {
    let directory = run.directory
    let encoded = try corpus.readFeatures.map { try FeaturePart(path: directory.path($0.path)) }
    let parts = try corpus.tokens.map { try TokenizedPart(path: directory.path($0.path)) }
    let seed = run.configuration.seed
    let features = try FeatureSet(
      encoded, of: ImageKeys(of: parts, range: range, seed: seed))
    let lineage = try ShardLineage(
      corpus: corpus.corpus, directory: directory, parts: parts.count, writer: writer
    ) { range.contains($0, seed: seed) }
    var counts = StageCounts()
    var sharder = try sharder(encoded.first)
    sharder.onShard = { entry in
      try writer.checkInterruption()
      try lineage.record(entry)
      counts[.sequence].keep(entry.counts.sequences)
      writer.advance(by: Int64(entry.counts.documents))
    }
    let folder = writer.path(of: RunDirectory.shards(corpus.corpus))
    let result = try sharder.pack(parts, to: folder, features: features.features)
    let list = RunDirectory.shardRange(corpus.corpus, range.index)
    try result.index.write(toFile: writer.output(list))
    counts[.token] = result.tokens
    return counts
  }

  private func sharder(_ features: FeaturePart?) throws -> CorpusSharder {
    let tokenizer = run.directory.path(RunDirectory.tokenizer)
    let vocabulary = try Tokenizer(modelPath: tokenizer).vocabulary
    var sharder = CorpusSharder(
      try describe(features, vocabulary: vocabulary, tokenizer: tokenizer),
      vocabulary: vocabulary, seed: run.configuration.seed,
      validationFraction: run.configuration.shard.validationFraction)
    sharder.shardByteCount = run.configuration.shard.shardBytes
    sharder.range = range
    return sharder
  }

  private func describe(
    _ features: FeaturePart?, vocabulary: Vocabulary, tokenizer: String
  ) throws -> ShardDescription {
    if var description = run.base?.shards {
      // Examples show no image, but stand beside sequences that do.
      description.corpus = corpus.corpus
      return description
    }
    return try describeCrawled(features, vocabulary: vocabulary, tokenizer: tokenizer)
  }

  /// A run without a single image has no features; its shards say so by a shape of one number.
  private func describeCrawled(
    _ features: FeaturePart?, vocabulary: Vocabulary, tokenizer: String
  ) throws -> ShardDescription {
    ShardDescription(
      corpus: corpus.corpus, split: .train, tokenizer: try Digest(ofFile: tokenizer),
      encoder: features?.origin.encoder ?? Digest(of: []),
      preprocessing: features?.origin.preprocessing ?? "none",
      maximumLength: run.configuration.shard.maximumLength, vocabularySize: vocabulary.size,
      latents: ShardStage.latents, featureTokens: features?.origin.layout.tokens ?? 1,
      featureWidth: features?.origin.layout.width ?? 1,
      featureStorage: features?.origin.layout.storage ?? .float16)
  }
}
