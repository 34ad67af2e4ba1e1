import Commands
import Generation
import ModelStages
import Pipelines

/// The half of weft that needs libtorch.
struct Model: ModelHalf {
  let stages: [any Stage] = [
    ReadStage(), ExtractStage(), FetchStage(), ImagesStage(), SignaturesStage(),
    DeduplicateStage(), ClassifyStage(), ResolveStage(), CurateStage(), TokenizerStage(),
    TokenizeStage(),
    EncodeStage(), ShardStage(), TrainStage(),
  ]

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

/// What a model wrote, as the command prints it.
private struct Output: GeneratedOutput {
  var generated: GeneratedText
  var text: String { generated.text }

  func encode(to encoder: any Encoder) throws { try generated.encode(to: encoder) }
}
