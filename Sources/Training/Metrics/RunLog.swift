internal import Documents
internal import Storage

/// The files in which a run's metrics are kept: `metrics.jsonl`, and one for TensorBoard.
struct RunLog {
  private let lines: MetricsLog
  private let events: EventFile

  /// Opens the files of a run that has done so many steps.
  init(_ directory: String, finishedSteps: Int, time: Double) throws {
    lines = try MetricsLog(path: directory + "/metrics.jsonl", finishedSteps: finishedSteps)
    events = try EventFile(directory: directory, finishedSteps: finishedSteps, time: time)
  }

  /// Adds a step.
  func append(_ metrics: StepMetrics, time: Double) throws {
    try lines.append(metrics)
    var scalars: [EventFile.Scalar] = [
      .init("train/loss", metrics.loss), .init("train/learningRate", metrics.learningRate),
      .init("train/gradientNorm", metrics.gradientNorm),
      .init("train/tokensPerSecond", metrics.tokensPerSecond),
      .init("train/waitingShare", metrics.waitingShare),
    ]
    for corpus in Corpus.allCases {
      if let loss = metrics.losses[corpus] {
        scalars.append(.init("train/loss/\(corpus.rawValue)", loss))
      }
      if let padding = metrics.padding[corpus] {
        scalars.append(.init("train/padding/\(corpus.rawValue)", padding))
      }
    }
    try events.append(scalars, step: metrics.step, time: time)
  }

  /// Adds a validation.
  func append(_ metrics: ValidationMetrics, time: Double) throws {
    try lines.append(metrics)
    let scalars = Corpus.allCases.flatMap { corpus -> [EventFile.Scalar] in
      guard let result = metrics.results[corpus] else { return [] }
      return [
        .init("validation/loss/\(corpus.rawValue)", result.loss),
        .init("validation/unigram/\(corpus.rawValue)", result.unigram),
      ]
    }
    try events.append(scalars, step: metrics.step, time: time)
  }
}
