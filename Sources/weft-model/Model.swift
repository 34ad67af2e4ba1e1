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
    [
      ReadStage(), ExtractStage(), FetchStage(), ImagesStage(), SignaturesStage(),
      DeduplicateStage(), ClassifyStage(), ResolveStage(), CurateStage(), TokenizerStage(),
      TokenizeStage(),
      EncodeStage(), ShardStage(), training,
    ]
  }

  func generate(_ request: GenerationRequest) throws -> any GeneratedOutput {
    let generator = try TextGenerator(checkpoint: request.checkpoint)
    return Output(
      generated: try generator.generate(
        generator.prompt(request.prompt, images: request.images), strategy(of: request),
        maximumTokens: request.maximumTokens))
  }

  private func strategy(of request: GenerationRequest) -> DecodingStrategy {
    if let temperature = request.temperature {
      return .sample(
        Sampling(
          temperature: temperature, topK: request.topK, topP: request.topP, seed: request.seed))
    }
    return request.beam == 1 ? .greedy : .beam(BeamSearch(width: request.beam))
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
