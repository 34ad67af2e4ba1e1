import Commands
import Foundation
import Generation
import ModelStages
import Pipelines

/// The half of weft that needs libtorch.
struct Model: ModelHalf {
  let stages: [any Stage] = Self.stages(TrainStage())

  func rank(among count: Int) throws -> (any TrainingRank)? {
    let environment = ProcessInfo.processInfo.environment
    return try TrainingRanks(environment: environment, localCount: count).map(Rank.init)
  }

  fileprivate static func stages(_ training: TrainStage) -> [any Stage] {
    [ReadStage(), ExtractStage(), FetchStage(), ImagesStage()] + StageList.deduplication
      + [ClassifyStage()] + StageList.resolution + [CurateStage()] + StageList.tokenization
      + [EncodeStage(), BaseStage(), InstructionsStage()] + StageList.sharding + [training]
  }

  func load(checkpoint: String) throws -> any LoadedModel {
    Generating(generator: try TextGenerator(path: checkpoint))
  }
}

/// A model that goes on with prompts of the command line.
private struct Generating: LoadedModel {
  let generator: TextGenerator

  func generate(
    _ request: GenerationRequest, write: (String) throws -> Void
  ) throws -> any GeneratedOutput {
    Output(
      generated: try generator.generate(
        prompt(of: request), strategy(of: request.decoding), maximumTokens: request.maximumTokens,
        among: request.among, write: write))
  }

  func score(
    _ options: [String], after request: GenerationRequest
  ) throws -> [any ScoredOption] {
    try generator.score(options, after: prompt(of: request)).map(Scored.init)
  }

  private func prompt(of request: GenerationRequest) throws -> Prompt {
    try generator.prompt(request.prompt, images: request.images)
  }

  private func strategy(of decoding: GenerationRequest.Decoding) -> DecodingStrategy {
    if let temperature = decoding.temperature {
      return .sample(
        Sampling(
          temperature: temperature, topK: decoding.topK, topP: decoding.topP, seed: decoding.seed))
    }
    return decoding.beam == 1 ? .greedy : .beam(BeamSearch(width: decoding.beam))
  }
}

/// This process among those that train together, as the command sees it.
private struct Rank: TrainingRank {
  let ranks: TrainingRanks

  init(_ ranks: TrainingRanks) { self.ranks = ranks }

  var leads: Bool { ranks.leads }
  var stages: [any Stage] { Model.stages(TrainStage(with: ranks)) }

  func follow(_ configuration: PipelineConfiguration, interruption: Interruption) throws {
    try FollowingTraining(ranks).perform(configuration, interruption: interruption)
  }

  func leave(_ error: (any Error)?) { ranks.leave(error) }
}

/// What a model wrote, as the command prints it.
private struct Output: GeneratedOutput {
  var generated: GeneratedText
  var text: String { generated.text }

  func encode(to encoder: any Encoder) throws { try generated.encode(to: encoder) }
}

/// An answer and its likelihood, as the command prints it.
private struct Scored: ScoredOption {
  var score: OptionScore
  var option: String { score.option }
  var logProbability: Double { score.logProbability }
  var tokenCount: Int { score.tokenCount }

  func encode(to encoder: any Encoder) throws { try score.encode(to: encoder) }
}
