public import Documents
internal import Hashing
internal import Storage
internal import Tokenization

/// Trains a SentencePiece model on a sample of the corpora, or takes the one the pipeline names.
///
/// It is one partition: a model depends on all of the sample.
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
    let samples = try run.manifests(of: .sample).flatMap(\.outputs).filter {
      $0.path.hasPrefix("work/sample/")
    }
    let seed = run.configuration.seed
    let key = try PartitionKey().reading(samples.map(\.digest))
      .with("tokenizer", configuration).with("seed", seed)
    return [
      Partition(
        index: 0, key: key, work: samples.reduce(0) { $0 + $1.bytes }, reads: samples.map(\.path)
      ) { writer in
        var sample = LineSample(seed: seed, byteLimit: configuration.sampleBytes)
        for file in samples {
          try writer.checkInterruption()
          try SampledLines.add(writer.directory.path(file.path), to: &sample)
          writer.advance(by: file.bytes)
        }
        writer.say("training \(configuration.pieces) pieces")
        let model = try TokenizerTrainer(pieces: configuration.pieces).train(
          lines: sample.finish())
        try AtomicFile.write(model, to: writer.output(RunDirectory.tokenizer))
        return StageCounts()
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
}
