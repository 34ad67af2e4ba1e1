internal import Documents
public import Pipelines
internal import Training

/// The part in a training of a process that is not rank 0: it waits until rank 0 has made the shards, and
/// trains with it, silently and without writing anything.
public struct FollowingTraining: Sendable {
  private let ranks: TrainingRanks

  /// Prepares the part of a process.
  public init(_ ranks: TrainingRanks) { self.ranks = ranks }

  /// Trains until rank 0 ends, which may be without training where there is nothing to do.
  ///
  /// - Throws: `TrainingError` where another process ends by an error; `CancellationError` where the
  ///   training was stopped.
  public func perform(
    _ configuration: PipelineConfiguration, interruption: Interruption
  ) throws {
    let trains = try ranks.membership.waitForOpening { interruption.isRaised }
    if !trains { return }
    let directory = RunDirectory(configuration.output)
    let training = ModelTraining(
      configuration: configuration, directory: directory, ranks: ranks.membership)
    let encoder = try VisionEncoderFile(madeIn: directory, configuration)
    let outcome = try training.trainer(encoder).run(shouldStop: { interruption.isRaised })
    if !outcome.isComplete { throw CancellationError() }
  }
}
