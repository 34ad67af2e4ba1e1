import Documents
import Generation
import Kosmos
import Storage
import TestSupport
import Testing
import Training

struct TrainerTests {
  @Test func theLossFallsOnEachCorpusAndBelowAUnigramModel() throws {
    let run = try TinyRun(documents: 48)
    var steps: [StepMetrics] = []
    let outcome = try run.trainer().run(report: { event in
      if case .stepped(let metrics, _) = event { steps.append(metrics) }
    })
    #expect(outcome.isComplete && outcome.finishedSteps == 60)
    #expect(steps.map(\.step) == Array(1...60))
    let (first, last) = (try #require(steps.first), try #require(steps.last))
    #expect(last.loss < first.loss / 2)
    for corpus in Corpus.crawled {
      let before = try #require(first.losses[corpus])
      let after = try #require(last.losses[corpus])
      #expect(after < before / 2, "\(corpus)")
      let validation = try #require(outcome.validation?.results[corpus])
      #expect(validation.loss < validation.unigram, "\(corpus)")
    }
  }

  @Test func aCheckpointIsAllThatTextIsGeneratedFrom() throws {
    let run = try TinyRun(corpora: [.text])
    var configuration = run.configuration
    configuration.steps = 30
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    let outcome = try run.trainer(configuration).run()
    let moved = run.directory.file("moved")
    try Directory.rename(outcome.checkpoint.path, to: moved)
    try Directory.remove(run.inputs.shards)
    try FileSystem.remove(run.inputs.tokenizer)
    try FileSystem.remove(run.inputs.visionWeights)

    let generator = try TextGenerator(checkpoint: moved)
    let prompt = try generator.prompt("a big red circle stands near the")
    let scores = try generator.score(["small circle", "circle small"], after: prompt)
    #expect(scores[0].logProbability > scores[1].logProbability)
    let written = try generator.generate(prompt, maximumTokens: 8)
    #expect(!written.text.isEmpty)
    #expect(try TextGenerator(checkpoint: moved).generate(prompt, maximumTokens: 8) == written)
  }

  @Test func aCheckpointOfAnotherTokenizerIsRefused() throws {
    let run = try TinyRun(corpora: [.text], documents: 8)
    var configuration = run.configuration
    configuration.mixture = PerCorpus(interleaved: 0, pairs: 0, text: 1)
    let checkpoint = try run.trainer(configuration).run(shouldStop: { true }).checkpoint
    try AtomicFile.write("another", to: checkpoint.tokenizer)
    #expect(throws: GenerationError.self) { try TextGenerator(checkpoint: checkpoint.path) }
    try FileSystem.remove(checkpoint.state)
    try expectError(.brokenCheckpoint, naming: "state.json") {
      try TextGenerator(checkpoint: checkpoint.path)
    }
  }
}
