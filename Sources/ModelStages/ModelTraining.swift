internal import Documents
internal import Foundation
internal import ImageDecoding
internal import Kosmos
internal import Pipelines
internal import Storage
internal import Tensors
internal import Training

/// The training of the model that a pipeline describes, in one process.
struct ModelTraining {
  let configuration: PipelineConfiguration
  let directory: RunDirectory
  /// The process's place among those that train with it; `nil` for one by itself.
  let ranks: RankMembership?

  /// A trainer that goes on where the latest checkpoint ends.
  func trainer(_ encoder: VisionEncoderFile) throws -> Trainer {
    keepFreedMemory()
    setThreads(threadCount)
    let model = try configuration.modelConfiguration(
      vision: encoder.configuration, tokenizer: directory.path(RunDirectory.tokenizer))
    return try Trainer(
      configuration.trainingConfiguration, model: model, inputs: inputs(encoder), ranks: ranks,
      now: { Date().timeIntervalSince1970 })
  }

  /// The threads that the pipeline asks for, or the process's part of the machine's.
  private var threadCount: Int {
    if configuration.workers > 0 { return configuration.workers }
    return max(1, Cores.count / (ranks?.environment.localSize ?? 1))
  }

  private func inputs(_ encoder: VisionEncoderFile) -> TrainingInputs {
    TrainingInputs(
      shards: directory.path("shards"), tokenizer: directory.path(RunDirectory.tokenizer),
      visionWeights: encoder.path,
      preprocessing: CLIPPreprocessing(size: encoder.configuration.imageSize),
      checkpoints: directory.path(RunDirectory.checkpoints),
      metrics: directory.path(RunDirectory.metrics))
  }
}
