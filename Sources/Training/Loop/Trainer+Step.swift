internal import Documents
internal import Kosmos
internal import Sharding
internal import Tensors

extension Trainer {
  /// Adds up the gradients of the next step's sequences and makes an optimiser step.
  func step(reading loader: StepLoader) throws -> StepMetrics {
    let started = now()
    let number = finishedSteps + 1
    var waiting = Stopwatch(now)
    let plan = try waiting.measure { try loader.nextPlan() }
    let weights = plan.lossWeights(configuration.lossMean)
    let own = share(of: plan)
    var sums = StepTotals()
    for index in own {
      let group = plan.groups[index]
      let batch = try waiting.measure { microBatch(group, try loader.nextBatch()) }
      sums.losses[group.corpus] += try forwardBackward(
        batch, weight: weights[group.corpus], dropout: dropoutSeed(step: number, group: index))
      sums.positions[group.corpus].add(batch)
    }
    let exchanged = ranks?.secondsSpent
    let totals = try addUp(sums)
    let rate = configuration.schedule.rate(ofUpdate: number)
    let norm = optimizer.step(learningRate: rate, clipNorm: configuration.clipNorm)
    guard norm.isFinite else {
      throw notFinite("the gradient", norm, number, own.map { plan.groups[$0] })
    }
    return StepMetrics(
      step: number,
      loss: Corpus.allCases.reduce(0) { $0 + weights[$1] * totals.losses[$1] },
      losses: PerCorpus {
        plan.targets[$0] > 0 ? totals.losses[$0] / Double(plan.targets[$0]) : nil
      },
      learningRate: rate, gradientNorm: norm,
      tokens: Corpus.allCases.reduce(0) { $0 + totals.positions[$1].tokens },
      targets: Corpus.allCases.reduce(0) { $0 + plan.targets[$1] },
      positions: totals.positions.map(\.all), padding: totals.positions.map(\.paddingShare),
      seconds: now() - started, waitingSeconds: waiting.seconds,
      exchangeSeconds: ranks.flatMap { ranks in exchanged.map { ranks.secondsSpent - $0 } })
  }

  /// Copies what was read of a group to the device.
  func microBatch(_ group: StepPlan.Group, _ batch: PaddedBatch) -> MicroBatch {
    MicroBatch(
      batch, of: group, start.data.description, attention: configuration.attention, on: device)
  }

  /// Adds the gradients of a micro-batch's loss to the others' and returns the sum of its losses.
  private func forwardBackward(
    _ batch: MicroBatch, weight: Double, dropout seed: UInt64
  ) throws -> Double {
    let loss = loss(batch, training: Generator(seed: seed, device: device))
    let sum = loss.sum.item
    guard sum.isFinite else { throw notFinite("the loss", sum, finishedSteps + 1, [batch.group]) }
    if loss.count > 0 { (loss.sum * weight).backward() }
    return sum
  }

  /// Dropout is a function of the step and the micro-batch, so that a run that goes on from a checkpoint
  /// needs no state of a generator.
  private func dropoutSeed(step: Int, group: Int) -> UInt64 {
    let identity = [step, group].flatMap(\.littleEndianBytes)
    return SeededHash.value(seed: configuration.seed, salt: "dropout", id: identity)
  }

  private func notFinite(
    _ what: String, _ value: Double, _ step: Int, _ groups: [StepPlan.Group]
  ) -> any Error {
    do {
      let documents = try groups.flatMap { group in
        try group.sequences.flatMap { number in
          try start.data.train[group.corpus]?.sequence(at: number).sequence.segments.map(\.document)
            ?? []
        }
      }
      let named = Set(documents).sorted()
      let shown = named.prefix(16).map(\.description).joined(separator: ", ")
      let more = named.count > 16 ? " and \(named.count - 16) more" : ""
      return TrainingError(
        .notFinite,
        "\(what) of step \(step) is \(value); the step was not made. Its batch holds the documents"
          + " \(shown)\(more). Lower 'learningRate' or leave the documents out, then go on from the"
          + " latest checkpoint")
    } catch { return error }
  }
}
