import Documents
import Foundation
import Hashing
import Kosmos
import Storage
import TestSupport
import Testing
import Training

/// Training that goes on from the model of another run, with instructions in its mixture.
struct TuningTests {
  private func trainedRun() throws -> (run: TinyRun, base: Checkpoint) {
    var run = try TinyRun()
    var configuration = run.configuration
    configuration.steps = 8
    configuration.warmupSteps = 1
    let outcome = try run.trainer(configuration).run()
    let shards = run.inputs.shards
    // Shards of its own are those of instructions alone.
    run.inputs.shards = run.directory.file("tuned/shards")
    run.inputs.checkpoints = run.directory.file("tuned/checkpoints")
    run.inputs.metrics = run.directory.file("tuned/metrics")
    run.inputs.base = TrainingBase(shards: shards, checkpoint: outcome.checkpoint)
    try run.write(
      .instructions, try Digest(ofFile: run.inputs.tokenizer),
      try Digest(ofFile: run.inputs.visionWeights))
    return (run, outcome.checkpoint)
  }

  private func configuration(_ run: TinyRun) -> TrainingConfiguration {
    var configuration = run.configuration
    configuration.steps = 6
    configuration.warmupSteps = 1
    configuration.validateEvery = 3
    configuration.checkpointEvery = 2
    configuration.sequencesPerStep = PerCorpus(
      interleaved: 1, pairs: 3, text: 2, instructions: 4)
    return configuration
  }

  @Test func aStepReadsTheSequencesThatAreNamed() throws {
    let (run, _) = try trainedRun()
    var began: TrainingOutline?
    var steps: [StepMetrics] = []
    _ = try run.trainer(configuration(run)).run(report: { event in
      if case .began(let outline) = event { began = outline }
      if case .stepped(let metrics, _) = event { steps.append(metrics) }
    })
    #expect(
      began?.sequencesPerStep
        == PerCorpus(interleaved: 1, pairs: 3, text: 2, instructions: 4))
    #expect(steps.count == 6)
    #expect(
      steps.allSatisfy { metrics in Corpus.allCases.allSatisfy { metrics.losses[$0] != nil } })
    let lines = try FileSystem.readText(run.inputs.metrics + "/metrics.jsonl")
    #expect(lines.contains(#""instructions":"#))
  }

  @Test func theFirstStepHasTheWeightsOfTheBase() throws {
    let (run, base) = try trainedRun()
    let configuration = configuration(run)
    let first = try run.trainer(configuration).run(shouldStop: { true }).checkpoint
    #expect(first.step == 0)
    #expect(try FileSystem.read(first.model) == FileSystem.read(base.model))
    let state = try CheckpointState(path: first.state)
    #expect(state.base == (try Digest(ofFile: base.model)))
    #expect(state.step == 0)
  }

  @Test func whatTheBaseCanDoIsMeasuredBeforeTheFirstStep() throws {
    let (run, _) = try trainedRun()
    var validations: [ValidationMetrics] = []
    let outcome = try run.trainer(configuration(run)).run(report: {
      if case .validated(let metrics) = $0 { validations.append(metrics) }
    })
    #expect(validations.map(\.step) == [0, 3, 6])
    #expect(outcome.validation == validations.last)
    #expect(validations[0].results[.instructions] != nil)
    #expect(validations[0] != validations[1])
  }

  @Test func aTuningThatWasStoppedEndsWithTheSameBits() throws {
    var (run, _) = try trainedRun()
    let configuration = configuration(run)
    let whole = try run.trainer(configuration).run().checkpoint
    run.inputs.checkpoints += "-again"
    run.inputs.metrics += "-again"
    var finished = 0
    _ = try run.trainer(configuration).run(
      shouldStop: { finished == 3 },
      report: { if case .stepped(let metrics, _) = $0 { finished = metrics.step } })
    let again = try run.trainer(configuration).run().checkpoint
    for (one, other) in [
      (whole.model, again.model), (whole.optimizer, again.optimizer), (whole.state, again.state),
    ] { #expect(try FileSystem.read(one) == FileSystem.read(other)) }
  }

  @Test func anotherBaseIsRefusedOnGoingOn() throws {
    let (run, base) = try trainedRun()
    _ = try run.trainer(configuration(run)).run(shouldStop: { true })
    var bytes = try FileSystem.read(base.model)
    bytes[bytes.count - 1] ^= 1
    try AtomicFile.write(bytes, to: base.model)
    try expectError(.mismatchedCheckpoint, naming: "'base'") { try run.trainer(configuration(run)) }
  }

  @Test func aBaseOfAnotherShapeIsRefused() throws {
    let (run, _) = try trainedRun()
    var model = run.model
    model.decoder.layers += 1
    try expectError(.mismatchedCheckpoint, naming: "the shape") {
      try run.trainer(configuration(run), model: model)
    }
  }

  @Test func aRunWithoutInstructionsSaysNothingOfThem() throws {
    let run = try TinyRun(documents: 8)
    var configuration = run.configuration
    configuration.steps = 2
    configuration.warmupSteps = 0
    let checkpoint = try run.trainer(configuration).run().checkpoint
    #expect(try !FileSystem.readText(checkpoint.state).contains("instructions"))
    #expect(try !FileSystem.readText(checkpoint.state).contains("base"))
    let metrics = try FileSystem.readText(run.inputs.metrics + "/metrics.jsonl")
    #expect(!metrics.contains("instructions"))
  }

  @Test func valuesOfCorporaAreReadBack() throws {
    let values = [
      PerCorpus(interleaved: 1.5, pairs: 0, text: 2), PerCorpus { _ in 3.0 },
    ]
    for value in values {
      let json = try JSONEncoder().encode(value)
      #expect(try JSONDecoder().decode(PerCorpus<Double>.self, from: json) == value)
    }
  }
}
