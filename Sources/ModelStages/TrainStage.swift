public import Documents
internal import Foundation
internal import Hashing
public import Pipelines
internal import Storage
internal import Training

/// Trains KOSMOS-1 on the shards, from the last checkpoint on.
///
/// It is one partition, and its own checkpoints make it resumable; they are kept in the store of a run that has one.
public struct TrainStage: Stage {
  private let ranks: TrainingRanks?

  /// Makes the stage.
  ///
  /// - Parameter ranks: The other processes that train with this one, which is rank 0; `nil` for none.
  public init(with ranks: TrainingRanks? = nil) { self.ranks = ranks }

  /// The stage's name.
  public var name: StageName { .train }

  /// Plans the one partition, or none where the pipeline asks for no training.
  public func plan(_ run: RunContext) throws -> [Partition] {
    var train = run.configuration.train
    if train.steps == 0 { return [] }
    // How many threads read decides no bit of the model.
    train.readers = TrainConfiguration().readers
    let shards =
      try run.digests(of: .shard, under: "shards") + run.digests(of: .catalog, under: "shards")
    let key = try PartitionKey().reading(shards).reading(run.base?.digests ?? [])
      .with("train", train)
      .with("seed", run.configuration.seed)
    return [
      Partition(index: 0, key: key, work: Int64(train.steps)) { writer in
        try LeadingTraining(run: run, writer: writer, ranks: ranks).perform()
      }
    ]
  }
}

/// The training of a run's model in the process that reports and writes.
private struct LeadingTraining {
  let run: RunContext
  let writer: PartitionWriter
  let ranks: TrainingRanks?

  func perform() throws -> StageCounts {
    try KeptTraining(run: run).bring()
    try EarlierTraining(directory: run.directory, key: writer.key).setAside()
    let encoder = try VisionEncoderFile(run)
    try ranks?.membership.open()
    let training = ModelTraining(
      configuration: run.configuration, directory: run.directory, ranks: ranks?.membership)
    let outcome = try training.trainer(encoder).run(
      shouldStop: { writer.isInterrupted }, report: { try report($0) })
    if outcome.totals.steps > 0 { writer.note(outcome.totals.words) }
    guard outcome.isComplete else { throw CancellationError() }
    try register(outcome)
    return StageCounts()
  }

  private func report(_ event: TrainingEvent) throws {
    switch event {
    case .began(let outline): writer.advance(by: Int64(outline.finishedSteps))
    case .stepped(let metrics, _):
      writer.say(metrics.words)
      writer.advance(by: 1)
    case .validated(let metrics): writer.note(metrics.words)
    case .saved: try KeptTraining(run: run).keep()
    }
  }

  /// Names the last checkpoint's files as what the stage made.
  private func register(_ outcome: TrainingOutcome) throws {
    let name = outcome.checkpoint.path.split(separator: "/").last.map(String.init) ?? ""
    let folder = "\(RunDirectory.checkpoints)/\(name)"
    for file in try Directory.names(in: run.directory.path(folder)) {
      _ = writer.output("\(folder)/\(file)")
    }
  }
}

extension StepMetrics {
  /// The step in a few words for the progress line.
  fileprivate var words: String {
    "loss \(short(loss))  lr \(short(learningRate * 1e4))e-4  "
      + "norm \(short(gradientNorm))  \(Int(tokensPerSecond)) tokens/s"
  }
}

extension TrainingTotals {
  /// What the run's steps came to, as one line.
  fileprivate var words: String {
    "\(steps) steps: \(Int(tokensPerSecond)) tokens/s, \(short(waitingShare * 100)) % of the time "
      + "waiting for data, \(short(paddingShare * 100)) % of the positions padding"
  }
}

extension ValidationMetrics {
  /// The validation as one line.
  fileprivate var words: String {
    let parts = Corpus.allCases.compactMap { corpus in
      results[corpus].map {
        "\(corpus.rawValue) \(short($0.loss)) (unigram \(short($0.unigram)))"
      }
    }
    return "step \(step): validation loss " + parts.joined(separator: ", ")
  }
}

/// A number with two decimals.
private func short(_ value: Double) -> String { String(format: "%.2f", value) }
