internal import Documents
public import Kosmos
internal import Sharding
public import Tensors

/// Trains a KOSMOS-1 model on a mixture of corpora.
///
/// A trainer begins where the latest checkpoint in its directory ends, or anew. All that it does in a step
/// is a function of the configuration, the shards and the number of the step, so that on the CPU a run
/// that was stopped and went on ends with the same bits as one that was not.
public final class Trainer {
  let configuration: TrainingConfiguration
  let start: TrainingStart
  let model: KosmosModel
  let optimizer: AdamW
  let device: Device
  let now: () -> Double
  /// The processes that train with this one; `nil` where it trains by itself.
  let ranks: RankGroup?
  /// The losses of unigram models, once they were needed.
  var baselines: PerCorpus<Baseline?>?
  /// The latest checkpoint.
  private var saved: Checkpoint?

  /// Prepares a run: everything that can be wrong with its inputs is found here.
  ///
  /// - Parameters:
  ///   - configuration: How to train.
  ///   - model: The shape of the model.
  ///   - inputs: The files to read and the directories to write.
  ///   - device: Where to compute.
  ///   - ranks: The process's place among those that train the same model together, each with the same
  ///     configuration and inputs; `nil` for one by itself.
  ///   - now: The time in seconds since 1970, for rates and TensorBoard.
  /// - Throws: ``TrainingError`` where the configuration, the shards, the model and a checkpoint do not go
  ///   together; `ShardingError`, `ParameterError` and `StorageError` where a file is damaged.
  public init(
    _ configuration: TrainingConfiguration, model: KosmosConfiguration, inputs: TrainingInputs,
    device: Device = .cpu, ranks: RankMembership? = nil, now: @escaping () -> Double
  ) throws {
    self.configuration = configuration
    self.device = device
    self.now = now
    start = try TrainingStart(configuration, model, inputs)
    self.model = try start.model(on: device)
    self.model.decoder.recomputesBlocks = configuration.recompute == .blocks
    optimizer = AdamW(
      self.model.parameters.trainable.map(\.tensor), constants: configuration.adam)
    try start.checkpoint?.restore(optimizer, of: self.model)
    saved = start.checkpoint
    let facts = try Self.facts(start)
    self.ranks = try ranks.map { try RankGroup($0, facts: facts) }
    try requireSameParameters()
  }

  /// How many steps are done.
  public var finishedSteps: Int { optimizer.steps }

  /// Trains until the last step, or until asked to stop.
  ///
  /// Where several processes train together, all stop after the same step. Rank 0 alone reports and
  /// writes. Where another process ends, it writes a checkpoint of the last whole step: no parameter
  /// changes before the gradients of all are added up.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked before each step; a run that stops writes a checkpoint first.
  ///   - report: Told what happens.
  /// - Throws: ``TrainingError`` where a loss or a gradient is not finite, naming the documents of the
  ///   batch, or where another process has ended; `ShardingError` where a shard is damaged;
  ///   `StorageError` where the disk is full; what `report` throws.
  public func run(
    shouldStop: () -> Bool = { false }, report: (TrainingEvent) throws -> Void = { _ in }
  ) throws -> TrainingOutcome {
    func tell(_ event: TrainingEvent) throws { if leads { try report(event) } }
    do {
      let outcome = try train(shouldStop, tell)
      try ranks?.membership.finish()
      return outcome
    } catch let error as TrainingError where error.code.isOfAnotherRank && leads {
      if finishedSteps > saved?.step ?? 0 { try write() }
      throw TrainingError(error.code, error.message + ", of step \(finishedSteps)")
    }
  }

  private func train(
    _ shouldStop: () -> Bool, _ report: (TrainingEvent) throws -> Void
  ) throws -> TrainingOutcome {
    let log =
      leads ? try RunLog(start.inputs.metrics, finishedSteps: finishedSteps, time: now()) : nil
    var pace = Pace()
    var totals = TrainingTotals()
    var validation: ValidationMetrics?
    try report(.began(outline))

    func check() throws {
      guard let result = try validate() else { return }
      validation = result
      try log?.append(result, time: now())
      try report(.validated(result))
    }
    // What the model of another run brings is what this one is measured against.
    if finishedSteps == 0, start.inputs.base != nil { try check() }

    try StepLoader.reading(stepsLeft, readers: configuration.readers) { loader in
      while finishedSteps < configuration.steps, try !agreeToStop(shouldStop()) {
        let metrics = try step(reading: loader)
        totals.add(metrics)
        try log?.append(metrics, time: now())
        let left = Double(configuration.steps - finishedSteps)
        try report(.stepped(metrics, secondsLeft: left * pace.mean(adding: metrics.seconds)))

        if isDue(every: configuration.validateEvery) { try check() }
        if isDue(every: configuration.checkpointEvery) { _ = try save(report) }
      }
    }

    let last = if let saved, saved.step == finishedSteps { saved } else { try save(report) }
    return TrainingOutcome(
      finishedSteps: finishedSteps, isComplete: finishedSteps == configuration.steps,
      checkpoint: last, validation: validation, totals: totals)
  }

  /// What the steps that are left read.
  private var stepsLeft: StepSource {
    StepSource(
      start.orders, of: start.data.train, budget: configuration.microBatchTokens,
      steps: min(finishedSteps, configuration.steps)..<configuration.steps,
      rank: ranks?.rank ?? 0, of: ranks?.size ?? 1)
  }

  /// Whether something that is done every so many steps, and after the last, is due.
  private func isDue(every steps: Int) -> Bool {
    finishedSteps == configuration.steps || steps > 0 && finishedSteps % steps == 0
  }

  private func save(_ report: (TrainingEvent) throws -> Void) throws -> Checkpoint {
    try requireSameParameters()
    if leads { try write() }
    let checkpoint = Checkpoint(step: finishedSteps, in: start.inputs.checkpoints)
    saved = checkpoint
    try report(.saved(checkpoint))
    return checkpoint
  }

  private func write() throws {
    let directory = start.inputs.checkpoints
    var state = start.state
    state.step = finishedSteps
    try Checkpoint(step: finishedSteps, in: directory)
      .write(state, model, optimizer, tokenizer: start.tokenizer)
    try Checkpoint.keepLatest(configuration.keepCheckpoints, in: directory)
  }

  private var outline: TrainingOutline {
    let parameters = model.parameters
    return TrainingOutline(
      finishedSteps: finishedSteps, steps: configuration.steps,
      parameters: parameters.elementCount,
      trainableParameters: parameters.trainable.reduce(0) { $0 + $1.tensor.elementCount },
      sequencesPerStep: start.orders.map { $0?.sequencesPerStep ?? 0 },
      epochs: start.orders.map { order in
        order.map { Double($0.sequencesPerStep * configuration.steps) / Double($0.order.count) }
          ?? 0
      })
  }
}
