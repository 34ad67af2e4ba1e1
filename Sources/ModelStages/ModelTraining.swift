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
    let base = try base()
    // A model that is gone on with has its shape already.
    let model =
      try base.map { try CheckpointState(path: $0.checkpoint.state).model }
      ?? configuration.modelConfiguration(
        vision: encoder.configuration, tokenizer: directory.path(RunDirectory.tokenizer))
    return try Trainer(
      configuration.trainingConfiguration, model: model, inputs: inputs(encoder, base),
      ranks: ranks,
      now: { Date().timeIntervalSince1970 })
  }

  /// The threads that the pipeline asks for, or the process's part of the machine's.
  private var threadCount: Int {
    if configuration.workers > 0 { return configuration.workers }
    return max(1, Cores.count / (ranks?.environment.localSize ?? 1))
  }

  /// What the training begins with, where the run goes on from another.
  private func base() throws -> TrainingBase? {
    try configuration.base.map { path in
      let base = try BaseRun(path)
      return TrainingBase(
        shards: base.directory.path("shards"), checkpoint: try Checkpoint(at: base.checkpoint))
    }
  }

  private func inputs(_ encoder: VisionEncoderFile, _ base: TrainingBase?) -> TrainingInputs {
    TrainingInputs(
      shards: directory.path("shards"), tokenizer: directory.path(RunDirectory.tokenizer),
      visionWeights: encoder.path,
      preprocessing: CLIPPreprocessing(size: encoder.configuration.imageSize),
      checkpoints: directory.path(RunDirectory.checkpoints),
      metrics: directory.path(RunDirectory.metrics), base: base)
  }
}
