import Documents
import Hashing
import ImageDecoding
import Kosmos
import Safetensors
import Sharding
import Storage
import TestSupport
import Testing
import Training

struct BadInputTests {
  @Test(
    arguments: [
      .init("steps") { $0.steps = 0 },
      .init("warmupSteps") { $0.warmupSteps = 60 },
      .init("warmupSteps") { $0.warmupSteps = -1 },
      .init("learningRate") { $0.learningRate = .nan },
      .init("learningRate") { $0.learningRate = 0 },
      .init("adam.beta1") { $0.adam.beta1 = 1 },
      .init("adam.beta2") { $0.adam.beta2 = -0.1 },
      .init("adam.epsilon") { $0.adam.epsilon = 0 },
      .init("adam.weightDecay") { $0.adam.weightDecay = -1 },
      .init("clipNorm") { $0.clipNorm = 0 },
      .init("tokensPerStep") { $0.tokensPerStep = 0 },
      .init("mixture.pairs") { $0.mixture.pairs = -0.5 },
      .init("mixture") { $0.mixture = PerCorpus { _ in 0 } },
      .init("sequencesPerStep.text") { $0.sequencesPerStep = PerCorpus { $0 == .text ? -1 : 1 } },
      .init("sequencesPerStep") { $0.sequencesPerStep = PerCorpus { _ in 0 } },
      .init("microBatchTokens") { $0.microBatchTokens = 0 },
      .init("readers") { $0.readers = 0 },
      .init("readers") { $0.readers = 65 },
      .init("validateEvery") { $0.validateEvery = -1 },
      .init("validationSequences") { $0.validationSequences = 0 },
      .init("checkpointEvery") { $0.checkpointEvery = -1 },
      .init("keepCheckpoints") { $0.keepCheckpoints = 0 },
    ] as [Change<TrainingConfiguration>])
  func aValueThatCannotBeIsRefusedByItsKey(change: Change<TrainingConfiguration>) throws {
    var configuration = TrainingConfiguration(steps: 60, warmupSteps: 6)
    change.apply(&configuration)
    try expectError(.invalidConfiguration, naming: "'\(change.key)'") {
      try configuration.validate()
    }
  }

  @Test func withoutShardsNothingBegins() throws {
    let run = try TinyRun(corpora: [])
    #expect { try run.trainer() } throws: { "\($0)".contains("index.json") }
  }

  @Test func aCorpusWithoutSequencesIsRefusedByItsName() throws {
    let run = try TinyRun(corpora: [.text, .interleaved])
    let empty = ShardIndex(corpus: .pairs, shards: [])
    try empty.write(to: "\(run.inputs.shards)/pairs")
    try expectError(.noShards, naming: "'pairs'") { try run.trainer() }
    var configuration = run.configuration
    configuration.mixture.pairs = 0
    #expect(try run.trainer(configuration).finishedSteps == 0)
  }

  @Test func corporaOfTwoTokenizersAreRefused() throws {
    let run = try TinyRun(corpora: [.text, .interleaved])
    let encoder = try Digest(ofFile: run.inputs.visionWeights)
    try run.write(.pairs, Digest(of: [1]), encoder)
    try expectError(.mismatchedShards, naming: "tokenizer") { try run.trainer() }
  }

  @Test func anotherTokenizerThanThatOfTheShardsIsRefused() throws {
    let run = try TinyRun()
    try AtomicFile.write("another", to: run.inputs.tokenizer)
    #expect { try run.trainer() } throws: { "\($0)".contains("tokenizer") }
  }

  @Test func anotherEncoderThanThatOfTheFeaturesIsRefused() throws {
    let run = try TinyRun()
    try CLIPVisionEncoder.writeRandom(run.model.vision, seed: 2, to: run.inputs.visionWeights)
    #expect { try run.trainer() } throws: { "\($0)".contains("encoder") }
  }

  @Test(
    arguments: [
      .init("decoder.vocabularySize") { $0.decoder.vocabularySize += 1 },
      .init("connector.latents") { $0.connector.latents = 3 },
      .init("vision.tokenCount") { $0.vision.imageSize = 42 },
      .init("vision.width") { $0.vision.width = 16 },
      .init("decoder.maximumLength") { $0.decoder.maximumLength = 64 },
      .init("visionTraining") { $0.visionTraining = .all },
      .init("decoder.heads") { $0.decoder.heads = 7 },
    ] as [Change<KosmosConfiguration>])
  func aModelThatDoesNotFitTheShardsIsRefusedByItsKey(change: Change<KosmosConfiguration>) throws {
    let run = try TinyRun(documents: 8)
    var model = run.model
    change.apply(&model)
    #expect { try run.trainer(model: model) } throws: { "\($0)".contains(change.key) }
  }

  @Test func imagesOfAnotherSizeAreRefused() throws {
    var run = try TinyRun(documents: 8)
    run.inputs.preprocessing = CLIPPreprocessing(size: 224)
    try expectError(.mismatchedShards, naming: "vision.imageSize") { try run.trainer() }
  }

  @Test func aLossThatIsNotFiniteStopsTheRunAndNamesTheDocuments() throws {
    let run = try TinyRun(documents: 8)
    var configuration = run.configuration
    configuration.steps = 10
    configuration.warmupSteps = 0
    configuration.checkpointEvery = 1
    // A rate that no model survives: the second or third step sees numbers that are no numbers.
    configuration.learningRate = 1e30
    var finished = 0
    let error = #expect(throws: TrainingError.self) {
      try run.trainer(configuration).run(report: { event in
        if case .stepped(let metrics, _) = event { finished = metrics.step }
      })
    }
    #expect(error?.code == .notFinite)
    let documents = Corpus.crawled.flatMap { corpus in
      (0..<8).map { TinyRun.documentID($0, of: corpus) }
    }
    let text = "\(String(describing: error))"
    #expect(documents.contains { text.contains($0.description) })
    #expect(text.contains("step \(finished + 1)"))
    #expect(finished < 10)
  }
}
