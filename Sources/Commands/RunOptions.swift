import ArgumentParser
import Documents
import Foundation
import Pipelines

/// What every command that works on a pipeline takes.
struct RunOptions: ParsableArguments {
  @Argument(help: "The pipeline file, such as pipelines/demo.yaml.", completion: .file())
  var pipeline: String

  @OptionGroup var settings: RunSettings

  /// Runs the pipeline up to a stage, shows progress, and prints a summary.
  func execute(
    through last: StageName, retryingFetches: Bool = false, ranks: Int = 1
  ) async throws {
    try await settings.execute(
      pipeline, through: last, retryingFetches: retryingFetches, ranks: ranks)
  }
}

/// How a command works on a pipeline.
struct RunSettings: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "How many partitions to work on at once, instead of what the pipeline says.")
  var workers: Int?

  @Option(
    name: .shortAndLong,
    help: "The run directory, or s3://bucket/key, instead of what the pipeline names.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Where partitions are made: local, ray or slurm, instead of what the pipeline says.",
      discussion: "Outputs never depend on it; docs/scale.md says how to run on a cluster."))
  var executor: ExecutorConfiguration.Kind?

  @Flag(
    name: .customLong("print"),
    help: "Show what the executor would hand to its engine for each stage, and make nothing.")
  var prints = false

  @Flag(help: "Take a run in a store over from a driver that is dead.")
  var takeOver = false

  @Flag(help: "Print a summary as JSON.")
  var json = false

  func validate() throws {
    if let workers, workers < 1 { throw ValidationError("--workers takes a number of at least 1") }
  }

  /// Runs the pipeline up to a stage, shows progress, and prints a summary.
  func execute(
    _ pipeline: String, through last: StageName, retryingFetches: Bool = false, ranks: Int = 1
  ) async throws {
    try await ExitStatus.reporting {
      var configuration = try PipelineFile.read(pipeline)
      if let workers { configuration.workers = workers }
      if let output { configuration.output = output }
      if let executor { configuration.executor.kind = executor }
      let executor = try Execution(configuration, pipeline: pipeline)
      if prints { return try executor.show(through: last) }
      if last == .classify, !configuration.images.classifier.isOn {
        throw ConfigurationError(
          file: pipeline, key: "images.classifier.weights",
          message: "there is no classifier; name the file that scripts/convert-open-nsfw makes")
      }
      let rank = last == .train ? try Model.required().rank(among: ranks) : nil
      let interruption = Interruption()
      let signals = InterruptSignal.listen(
        raising: interruption, isQuiet: rank.map { !$0.leads } ?? false)
      defer { withExtendedLifetime(signals) {} }
      let stages = try rank?.stages ?? Self.stages(of: configuration, through: last)
      do {
        if let rank, !rank.leads {
          var followed = configuration
          // Processes of one machine share what its driver has of a run in a store.
          followed.output = Execution.mirror(of: configuration.output)
          try rank.follow(followed, interruption: interruption)
        } else {
          let summary = try await Run(configuration, stages: stages).execute(
            through: last, retryingFetches: retryingFetches, executor: executor.executor,
            storage: executor.storage(
              takingOver: takeOver, interruption: interruption),
            progress: TerminalProgress(), interruption: interruption)
          try report(summary, of: configuration)
        }
        rank?.leave(nil)
      } catch {
        rank?.leave(error)
        throw error
      }
    }
  }

  /// The stages, of the model half where one of them needs it.
  static func stages(
    of configuration: PipelineConfiguration, through last: StageName
  ) throws -> [any Stage] {
    let before =
      [ReadStage(), ExtractStage(), FetchStage(), ImagesStage()] + StageList.deduplication
    if before.contains(where: { $0.name == last }) { return before }
    let after =
      [NoClassification()] + StageList.resolution + [CurateStage()] + StageList.tokenization
    let needsModel =
      configuration.images.classifier.isOn || !after.contains { $0.name == last }
    return needsModel ? try Model.required().stages : before + after
  }

  private func report(_ summary: RunSummary, of configuration: PipelineConfiguration) throws {
    if json {
      try JSONOutput.write(summary)
      return
    }
    let seconds = summary.stages.reduce(0) { $0 + $1.seconds }
    let directory = Execution.mirror(of: configuration.output)
    print(
      "\(configuration.output): \(summary.stages.count) stages in "
        + "\(StageProgress.duration(seconds)); look at it with `weft stats \(directory)`"
    )
  }
}
