import Documents
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing
import Training

/// What is read ahead of a step changes no bit of it, and what is wrong with it stops that step.
struct LoadingTests {
  private func configuration(_ run: TinyRun, steps: Int = 6) -> TrainingConfiguration {
    var configuration = run.configuration
    configuration.steps = steps
    configuration.warmupSteps = min(1, steps - 1)
    configuration.microBatchTokens = 100
    return configuration
  }

  /// Trains into directories of its own and tells of each step.
  private func train(
    _ run: TinyRun, _ configuration: TrainingConfiguration
  ) throws -> (outcome: TrainingOutcome, steps: [StepMetrics], files: [[UInt8]]) {
    var run = run
    let place = TemporaryDirectory()
    run.inputs.checkpoints = place.file("checkpoints")
    run.inputs.metrics = place.file("metrics")
    var steps: [StepMetrics] = []
    let outcome = try run.trainer(configuration).run(report: { event in
      if case .stepped(let metrics, _) = event { steps.append(metrics) }
    })
    let files = try [outcome.checkpoint.model, outcome.checkpoint.optimizer].map {
      try FileSystem.read($0)
    }
    return (outcome, steps, files)
  }

  @Test func theNumberOfReadersChangesNoBit() throws {
    let run = try TinyRun(documents: 16)
    var configuration = configuration(run)
    let one = try train(run, configuration)
    configuration.readers = 3
    let three = try train(run, configuration)
    #expect(one.files == three.files)
    #expect(one.steps == three.steps)
  }

  @Test func waitingAndPaddingAreMeasured() throws {
    let run = try TinyRun(documents: 16)
    var configuration = configuration(run)
    configuration.microBatchTokens = 1 << 20
    let (outcome, steps, _) = try train(run, configuration)
    for step in steps {
      #expect(step.waitingSeconds > 0 && step.waitingSeconds < step.seconds)
      let tokens = Corpus.crawled.reduce(0.0) { sum, corpus in
        sum + (1 - (step.padding[corpus] ?? 0)) * Double(step.positions[corpus])
      }
      #expect(abs(tokens - Double(step.tokens)) < 1e-6)
    }
    // A step's sequences of a corpus are one micro-batch; they are not all equally long.
    #expect(outcome.totals.paddingShare > 0 && outcome.totals.paddingShare < 0.5)
    #expect(outcome.totals.steps == 6)
    #expect(outcome.totals.tokens == steps.reduce(0) { $0 + $1.tokens })
    #expect(outcome.totals.waitingShare > 0 && outcome.totals.waitingShare < 1)
  }

  @Test(arguments: [1, 3])
  func aDamagedSequenceStopsTheStepThatReadsIt(readers: Int) throws {
    let run = try TinyRun(corpora: [.text], documents: 60)
    var configuration = configuration(run, steps: 12)
    configuration.tokensPerStep = 200
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    configuration.readers = readers
    let set = try ShardSet(directory: "\(run.inputs.shards)/text", split: .train)
    let damaged = set.count / 2
    try damage(set.shards[0], sequence: damaged)

    var perStep = 0
    var finished = 0
    #expect {
      _ = try run.trainer(configuration).run(report: { event in
        switch event {
        case .began(let outline): perStep = outline.sequencesPerStep.text
        case .stepped(let metrics, _): finished = metrics.step
        default: break
        }
      })
    } throws: {
      ($0 as? ShardingError)?.code == .damaged && "\($0)".contains("sequence \(damaged)")
    }
    let order = BatchOrder(
      order: SequenceOrder(
        count: set.count,
        seed: SeededHash.value(
          seed: configuration.seed, salt: "sequence-order", id: Corpus.text.rawValue.utf8)),
      sequencesPerStep: perStep)
    let first = (0..<12).first { order.sequences(step: $0).contains(damaged) }
    #expect(finished == first && finished > 0)
  }

  /// Pairs are one document a sequence; texts are packed.
  @Test func theDocumentMaskChangesWhatPackedSequencesSee() throws {
    let run = try TinyRun(documents: 16)
    var configuration = configuration(run, steps: 1)
    let causal = try train(run, configuration).steps[0]
    configuration.attention = .documents
    let masked = try train(run, configuration).steps[0]
    func difference(_ corpus: Corpus) throws -> Double {
      abs(try #require(causal.losses[corpus]) - #require(masked.losses[corpus]))
    }
    #expect(try difference(.pairs) < 1e-5)
    #expect(try difference(.text) > 1e-4)
  }

  @Test func theMaskBelongsToTheRun() throws {
    let run = try TinyRun(documents: 8)
    var configuration = configuration(run)
    _ = try run.trainer(configuration).run(shouldStop: { true })
    configuration.readers = 4
    #expect(try run.trainer(configuration).finishedSteps == 0)
    configuration.attention = .documents
    try expectError(.mismatchedCheckpoint, naming: "training.attention") {
      try run.trainer(configuration)
    }
  }

  /// Gives a sequence a token that no vocabulary has.
  private func damage(_ shard: Shard, sequence: Int) throws {
    let file = try SafetensorsFile(path: shard.path)
    let offset = try file.tensor(named: "sequenceOffsets").values(as: Int64.self)[sequence]
    var bytes = try FileSystem.read(shard.path)
    bytes[try file.tensor(named: "tokens").byteRange.lowerBound + Int(offset) * 4 + 3] = 0x7F
    try AtomicFile.write(bytes, to: shard.path)
  }
}
