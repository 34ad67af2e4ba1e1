import Documents
import Kosmos
import Safetensors
import Storage
import TestSupport
import Testing
import Training

/// What one step does, seen from its metrics and from the parameters it leaves.
struct StepTests {
  private func steps(
    _ count: Int, of run: TinyRun, _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> [StepMetrics] {
    var configuration = run.configuration
    configuration.steps = count
    configuration.warmupSteps = 0
    change(&configuration)
    var steps: [StepMetrics] = []
    var run = run
    let place = TemporaryDirectory()
    run.inputs.checkpoints = place.file("checkpoints")
    run.inputs.metrics = place.file("metrics")
    _ = try run.trainer(configuration).run(report: { event in
      if case .stepped(let metrics, _) = event { steps.append(metrics) }
    })
    return steps
  }

  @Test func howAStepIsDividedDoesNotMatter() throws {
    let run = try TinyRun(documents: 16)
    let whole = try steps(4, of: run) { $0.microBatchTokens = 1 << 20 }
    let parts = try steps(4, of: run) { $0.microBatchTokens = 1 }
    for (one, other) in zip(whole, parts) {
      #expect(abs(one.loss - other.loss) < 1e-4)
      #expect(abs(one.gradientNorm - other.gradientNorm) < 1e-3 * one.gradientNorm)
      #expect(one.tokens == other.tokens && one.targets == other.targets)
    }
  }

  @Test func theFirstUpdateHasRateZero() throws {
    let steps = try steps(3, of: TinyRun(documents: 8)) { $0.warmupSteps = 2 }
    #expect(steps.map(\.learningRate) == [0, 2.5e-3, 5e-3])
  }

  @Test func theLossIsAMeanOfTargetsOrOfCorpora() throws {
    let run = try TinyRun(documents: 16)
    let targets = try steps(1, of: run)[0]
    let corpora = try steps(1, of: run) { $0.lossMean = .corpora }[0]
    let losses = Corpus.crawled.compactMap { corpora.losses[$0] }
    #expect(targets.losses == corpora.losses)
    #expect(abs(corpora.loss - losses.reduce(0, +) / 3) < 1e-9)
    #expect(targets.loss != corpora.loss)
    let range = try #require(losses.min())...(try #require(losses.max()))
    #expect(range.contains(targets.loss))
  }

  @Test func whatACorpusDoesNotHaveIsNotReported() throws {
    let run = try TinyRun(corpora: [.pairs], documents: 16)
    let step = try steps(1, of: run) {
      $0.mixture = PerCorpus(interleaved: 0, pairs: 1, text: 0)
    }[0]
    #expect(step.losses.text == nil && step.losses.interleaved == nil)
    #expect(abs(try #require(step.losses.pairs) - step.loss) < 1e-9)
  }

  @Test func trainingChangesTheLastBlockOfTheEncoderAndNothingBeforeIt() throws {
    let run = try TinyRun(documents: 16)
    var configuration = run.configuration
    configuration.steps = 3
    configuration.warmupSteps = 0
    let trained = try SafetensorsFile(path: run.trainer(configuration).run().checkpoint.model)
    let original = try SafetensorsFile(path: run.inputs.visionWeights)
    var changed: [String] = []
    for tensor in original.tensors {
      let name = "vision_model.model." + tensor.name.dropFirst("vision_model.".count)
      let before = try original.tensor(named: tensor.name).floats()
      if try trained.tensor(named: name).floats() != before { changed.append(tensor.name) }
    }
    #expect(changed.contains("vision_model.encoder.layers.1.mlp.fc1.weight"))
    #expect(changed.contains("vision_model.post_layernorm.weight"))
    #expect(
      changed.allSatisfy { $0.contains("encoder.layers.1.") || $0.contains("post_layernorm") })
  }
}
