internal import Documents
internal import Kosmos
internal import Sharding
internal import Tensors

/// What a unigram model makes of the validated sequences of a corpus.
struct Baseline {
  /// The mean loss in nats a target.
  let loss: Double
  /// The number of targets.
  let targets: Int
}

extension Trainer {
  /// Measures the loss on held-out sequences, without dropout; `nil` where none are held out, and where
  /// another process reports it.
  func validate() throws -> ValidationMetrics? {
    let sets = start.data.validation
    let sequences = validatedSequences
    let plan = try StepPlan(sequences, of: sets, budget: configuration.microBatchTokens)
    if plan.groups.isEmpty { return nil }
    var own = StepTotals()
    for index in share(of: plan) {
      let group = plan.groups[index]
      let batch = microBatch(group, try group.read(from: sets))
      own.losses[group.corpus] += withoutGradients { loss(batch).sum.item }
    }
    let sums = try ranks?.sum(own.numbers)
    let losses = sums.map(StepTotals.init(numbers:))?.losses ?? own.losses
    if !leads { return nil }
    let baselines = try self.baselines ?? fitBaselines(sequences)
    self.baselines = baselines
    return ValidationMetrics(
      step: finishedSteps,
      results: PerCorpus { corpus in
        baselines[corpus].map { baseline in
          ValidationMetrics.Result(
            loss: losses[corpus] / Double(baseline.targets), unigram: baseline.loss,
            targets: baseline.targets)
        }
      })
  }

  /// The first held-out sequences of each corpus: documents were packed in a shuffled order.
  private var validatedSequences: PerCorpus<[Int]> {
    start.data.validation.map { set in
      set.map { Array(0..<min($0.count, configuration.validationSequences)) } ?? []
    }
  }

  private func fitBaselines(_ sequences: PerCorpus<[Int]>) throws -> PerCorpus<Baseline?> {
    try PerCorpus { corpus in
      guard let train = start.data.train[corpus], let held = start.data.validation[corpus] else {
        return nil
      }
      let unigram = try UnigramModel(
        of: train, vocabulary: start.data.description.vocabularySize, seed: configuration.seed)
      return try unigram.loss(ofSequences: sequences[corpus], in: held)
        .map { Baseline(loss: $0.mean, targets: $0.targets) }
    }
  }
}
