internal import Curation
public import Documents
internal import Hashing
internal import Storage
internal import Tokenization

/// Trains a SentencePiece model on a sample of the corpora, or takes the one the pipeline names.
///
/// It is one partition: a model depends on all of the text.
public struct TokenizerStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .tokenizer }

  /// Plans the one partition.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let configuration = run.configuration.tokenizer
    if let model = configuration.model {
      let key = PartitionKey().reading(try Digest(ofFile: model))
      let size = FileSystem.size(model) ?? 0
      return [
        Partition(index: 0, key: key, work: size) { try copy(model, writer: $0) }
      ]
    }
    let parts = try run.manifests(of: .curate)
    let key = try PartitionKey().reading(run.digests(of: .curate, under: "corpus"))
      .with("tokenizer", configuration).with("seed", run.configuration.seed)
    let work = parts.reduce(0) { $0 + $1.corpusBytes }
    let reads = parts.flatMap { part in
      Corpus.crawled.map { RunDirectory.corpus($0, part.partition) }
    }
    return [
      Partition(index: 0, key: key, work: work, reads: reads) { writer in
        try train(parts, seed: run.configuration.seed, configuration, writer: writer)
      }
    ]
  }

  private func copy(_ model: String, writer: PartitionWriter) throws -> StageCounts {
    let bytes = try FileSystem.read(model, limit: Tokenizer.modelLimit)
    _ = try Tokenizer(modelBytes: bytes, name: model)
    try AtomicFile.write(bytes, to: writer.output(RunDirectory.tokenizer))
    writer.advance(by: Int64(bytes.count))
    return StageCounts()
  }

  private func train(
    _ parts: [PartitionManifest], seed: UInt64, _ configuration: TokenizerConfiguration,
    writer: PartitionWriter
  ) throws -> StageCounts {
    var sample = LineSample(seed: seed, byteLimit: configuration.sampleBytes)
    for part in parts {
      try writer.checkInterruption()
      let reader = CorpusReader(directory: writer.directory, part: part.partition)
      try reader.forEachDocument(of: .interleaved) { sample.add($0.text) }
      try reader.forEachDocument(of: .text) { sample.add($0.text) }
      try reader.forEachPair { sample.add($0.caption) }
      writer.advance(by: part.corpusBytes)
    }
    writer.say("training \(configuration.pieces) pieces")
    let model = try TokenizerTrainer(pieces: configuration.pieces).train(sample)
    try AtomicFile.write(model, to: writer.output(RunDirectory.tokenizer))
    return StageCounts()
  }
}

extension PartitionManifest {
  /// The size of the corpora that a partition of the curate stage wrote, in bytes.
  var corpusBytes: Int64 {
    outputs.filter { $0.path.hasPrefix("corpus/") }.reduce(0) { $0 + $1.bytes }
  }
}
