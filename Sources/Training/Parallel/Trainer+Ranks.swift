internal import Documents
internal import Hashing
internal import Kosmos
internal import Tensors

extension Trainer {
  /// The groups of a plan that this process computes, by their indices.
  func share(of plan: StepPlan) -> [Int] {
    plan.share(of: ranks?.rank ?? 0, among: ranks?.size ?? 1)
  }

  /// Whether this process writes what comes of the training.
  var leads: Bool { ranks?.leads ?? true }

  /// Whether the run should stop before its next step: where several train, one that was asked suffices.
  func agreeToStop(_ wasAsked: Bool) throws -> Bool { try ranks?.any(wasAsked) ?? wasAsked }

  /// Replaces what this process summed up of a step by the sums over all, and its gradients too.
  func addUp(_ totals: StepTotals) throws -> StepTotals {
    guard let ranks else { return totals }
    let sums = try ranks.sum(totals.numbers)
    try GradientBuckets(optimizer.gradients).sum(over: ranks)
    return StepTotals(numbers: sums)
  }

  /// Checks that all processes have the same parameters.
  func requireSameParameters() throws {
    guard let ranks else { return }
    var hash = SHA256()
    for parameter in model.parameters.trainable { hash.update(parameter.tensor.bytes()) }
    try ranks.requireSame(hash.finish(), step: finishedSteps)
  }

  /// What all processes of a run must have in common, by the names of the pipeline's keys.
  static func facts(_ start: TrainingStart) throws -> [String: String] {
    var facts = try start.state.flattened()
    facts["step"] = "\(start.checkpoint?.step ?? 0)"
    facts["weft"] = WeftVersion.current
    facts["libtorch"] = libtorchVersion
    return facts
  }
}

/// What is summed up over the micro-batches of a step, and over processes.
struct StepTotals {
  /// The sums of losses in nats.
  var losses = PerCorpus { _ in 0.0 }
  /// The input positions that were read.
  var positions = PerCorpus { _ in PositionCounts() }

  init() {}

  /// The sums in a row.
  var numbers: [Double] {
    Corpus.allCases.flatMap {
      [losses[$0], Double(positions[$0].tokens), Double(positions[$0].all)]
    }
  }

  init(numbers: [Double]) {
    for (place, corpus) in Corpus.allCases.enumerated() {
      let row = numbers[3 * place..<3 * place + 3].map { $0 }
      losses[corpus] = row[0]
      positions[corpus] = PositionCounts(tokens: Int(row[1]), all: Int(row[2]))
    }
  }
}
