/// What a trainer tells while it works.
public enum TrainingEvent: Sendable {
  /// The run begins, or goes on.
  case began(TrainingOutline)
  /// A step is done.
  ///
  /// - Parameter secondsLeft: How long the steps left take at the pace of the latest ones.
  case stepped(StepMetrics, secondsLeft: Double)
  /// A validation is done.
  case validated(ValidationMetrics)
  /// A checkpoint is written.
  case saved(Checkpoint)
}

/// What a run is about to do.
public struct TrainingOutline: Hashable, Sendable {
  /// The steps done before.
  public var finishedSteps: Int
  /// The steps of the whole run.
  public var steps: Int
  /// The parameters of the model, the frozen ones included.
  public var parameters: Int
  /// The parameters that are trained.
  public var trainableParameters: Int
  /// How many sequences of each corpus a step reads.
  public var sequencesPerStep: PerCorpus<Int>
  /// How often the whole run reads each corpus.
  public var epochs: PerCorpus<Double>

  /// Makes an outline from its parts.
  public init(
    finishedSteps: Int, steps: Int, parameters: Int, trainableParameters: Int,
    sequencesPerStep: PerCorpus<Int>, epochs: PerCorpus<Double>
  ) {
    self.finishedSteps = finishedSteps
    self.steps = steps
    self.parameters = parameters
    self.trainableParameters = trainableParameters
    self.sequencesPerStep = sequencesPerStep
    self.epochs = epochs
  }
}

/// How a run ended.
public struct TrainingOutcome: Hashable, Sendable {
  /// How many steps are done.
  public var finishedSteps: Int
  /// Whether those are all; if not, the run was asked to stop and goes on when it is started again.
  public var isComplete: Bool
  /// The last checkpoint.
  public var checkpoint: Checkpoint
  /// The latest validation of this run; `nil` where it was stopped before one, or nothing is held out.
  public var validation: ValidationMetrics?
  /// What the steps of this run came to, those before it not counted.
  public var totals: TrainingTotals

  /// Makes an outcome from its parts.
  public init(
    finishedSteps: Int, isComplete: Bool, checkpoint: Checkpoint, validation: ValidationMetrics?,
    totals: TrainingTotals = TrainingTotals()
  ) {
    self.finishedSteps = finishedSteps
    self.isComplete = isComplete
    self.checkpoint = checkpoint
    self.validation = validation
    self.totals = totals
  }
}
