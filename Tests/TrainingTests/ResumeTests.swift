import Documents
import Kosmos
import Storage
import Testing
import Training

struct ResumeTests {
  private func configuration(
    _ run: TinyRun, precision: Precision = .float32, recompute: Recomputation = .none
  ) -> TrainingConfiguration {
    var configuration = run.configuration
    configuration.steps = 8
    configuration.warmupSteps = 2
    configuration.validateEvery = 3
    configuration.checkpointEvery = 2
    configuration.keepCheckpoints = 3
    configuration.precision = precision
    configuration.recompute = recompute
    return configuration
  }

  /// The small model with dropout, whose draws a resumed run must repeat.
  private func model(_ run: TinyRun) -> KosmosConfiguration {
    var model = run.model
    model.decoder.dropout = 0.1
    model.decoder.attentionDropout = 0.1
    return model
  }

  private func files(_ checkpoint: Checkpoint) throws -> [[UInt8]] {
    try [checkpoint.model, checkpoint.optimizer, checkpoint.state, checkpoint.tokenizer]
      .map { try FileSystem.read($0) }
  }

  @Test(arguments: [
    (1, Precision.float32, Recomputation.none), (4, .float32, .none), (7, .float32, .blocks),
    (3, .bfloat16, .none), (5, .bfloat16, .blocks),
  ])
  func aRunThatWasStoppedEndsWithTheSameBits(
    stop: Int, precision: Precision, recompute: Recomputation
  ) throws {
    var run = try TinyRun(documents: 16)
    let configuration = configuration(run, precision: precision, recompute: recompute)
    let whole = try run.trainer(configuration, model: model(run)).run()
    let expected = try files(whole.checkpoint)
    let lines = try FileSystem.readText(run.inputs.metrics + "/metrics.jsonl")

    run.inputs.checkpoints += "-again"
    run.inputs.metrics += "-again"
    var finished = 0
    let first = try run.trainer(configuration, model: model(run)).run(
      shouldStop: { finished == stop },
      report: { event in
        if case .stepped(let metrics, _) = event { finished = metrics.step }
      })
    #expect(!first.isComplete && first.finishedSteps == stop && first.checkpoint.step == stop)

    let trainer = try run.trainer(configuration, model: model(run))
    #expect(trainer.finishedSteps == stop)
    let second = try trainer.run()
    #expect(second.isComplete)
    #expect(try files(second.checkpoint) == expected)
    #expect(try FileSystem.readText(run.inputs.metrics + "/metrics.jsonl") == lines)
  }

  @Test func onlyTheLatestCheckpointsAreKept() throws {
    let run = try TinyRun(corpora: [.text], documents: 8)
    var configuration = configuration(run)
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    _ = try run.trainer(configuration).run()
    #expect(try Checkpoint.all(in: run.inputs.checkpoints).map(\.step) == [4, 6, 8])
    #expect(try Directory.names(in: run.inputs.checkpoints).count == 3)
    let trainer = try run.trainer(configuration)
    #expect(trainer.finishedSteps == 8)
    #expect(try trainer.run().checkpoint.step == 8)
  }

  @Test func theRemainsOfAnInterruptedCheckpointAreNotRead() throws {
    let run = try TinyRun(corpora: [.text], documents: 8)
    var configuration = configuration(run)
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    let partial = run.inputs.checkpoints + "/step-000007.weft-partial"
    try Directory.make(partial)
    try AtomicFile.write("{}", to: partial + "/state.json")
    let trainer = try run.trainer(configuration)
    #expect(trainer.finishedSteps == 0)
    _ = try trainer.run()
    #expect(!Directory.isDirectory(partial))
  }

  @Test(
    arguments: [
      .init("training.learningRate") { $0.learningRate = 1 },
      .init("training.adam.beta2") { $0.adam.beta2 = 0.9 },
      .init("training.mixture.text") { $0.mixture.text = 7 },
      .init("training.seed") { $0.seed = 99 },
      .init("training.steps") { $0.steps = 9 },
      .init("training.precision") { $0.precision = .bfloat16 },
    ] as [Change<TrainingConfiguration>])
  func anotherConfigurationIsRefusedByItsKey(change: Change<TrainingConfiguration>) throws {
    let run = try TinyRun(documents: 8)
    var configuration = configuration(run)
    _ = try run.trainer(configuration).run(shouldStop: { true })
    change.apply(&configuration)
    try expectError(.mismatchedCheckpoint, naming: change.key) { try run.trainer(configuration) }
  }

  @Test func anotherModelIsRefusedByItsKey() throws {
    let run = try TinyRun(documents: 8)
    _ = try run.trainer(configuration(run)).run(shouldStop: { true })
    var model = run.model
    model.decoder.layers = 3
    try expectError(.mismatchedCheckpoint, naming: "model.decoder.layers") {
      try run.trainer(configuration(run), model: model)
    }
  }

  @Test func howOftenSomethingIsDoneMayChange() throws {
    let run = try TinyRun(documents: 8)
    var configuration = configuration(run)
    _ = try run.trainer(configuration).run(shouldStop: { true })
    configuration.checkpointEvery = 0
    configuration.validateEvery = 0
    configuration.keepCheckpoints = 1
    configuration.microBatchTokens = 512
    configuration.recompute = .blocks
    #expect(try run.trainer(configuration).run().isComplete)
  }

  @Test func aCheckpointThatLacksAFileIsRefusedByItsName() throws {
    for name in ["model.safetensors", "optimizer.safetensors", "state.json"] {
      let run = try TinyRun(documents: 8)
      let outcome = try run.trainer(configuration(run)).run(shouldStop: { true })
      try FileSystem.remove(outcome.checkpoint.path + "/" + name)
      #expect { try run.trainer(configuration(run)) } throws: { "\($0)".contains(name) }
    }
  }

  @Test func aCheckpointThatIsCutShortIsRefused() throws {
    let run = try TinyRun(corpora: [.text], documents: 8)
    var configuration = configuration(run)
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    let checkpoint = try run.trainer(configuration).run(shouldStop: { true }).checkpoint
    for path in [checkpoint.state, checkpoint.model, checkpoint.optimizer] {
      let whole = try FileSystem.read(path)
      for share in 0..<4 {
        try AtomicFile.write(whole[..<(whole.count * share / 4)], to: path)
        #expect(throws: (any Error).self) { try run.trainer(configuration) }
      }
      try AtomicFile.write(whole, to: path)
    }
    #expect(try run.trainer(configuration).finishedSteps == 0)
  }
}
