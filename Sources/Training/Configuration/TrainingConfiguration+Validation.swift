internal import Documents

extension TrainingConfiguration {
  /// Checks that every value is one that can be.
  ///
  /// - Throws: ``TrainingError`` naming the first key whose value cannot be, and what can.
  public func validate() throws(TrainingError) {
    try require(steps >= 1, "steps", "\(steps)", "at least 1")
    try require(
      warmupSteps >= 0 && warmupSteps < steps, "warmupSteps", "\(warmupSteps)",
      "from 0 up to below steps, which is \(steps)")
    try require(
      learningRate > 0 && learningRate.isFinite, "learningRate", "\(learningRate)", "positive")
    try adam.validate()
    try require(clipNorm > 0, "clipNorm", "\(clipNorm)", "positive; `.inf` clips nothing")
    try require(tokensPerStep >= 1, "tokensPerStep", "\(tokensPerStep)", "at least 1")
    for corpus in Corpus.allCases {
      let weight = mixture[corpus]
      try require(
        weight >= 0 && weight.isFinite, "mixture.\(corpus.rawValue)", "\(weight)",
        "a weight of 0 or more")
    }
    try require(
      Corpus.allCases.contains { mixture[$0] > 0 }, "mixture", "0 for every corpus",
      "positive for one corpus at least")
    if let sequencesPerStep {
      for corpus in Corpus.allCases {
        let count = sequencesPerStep[corpus]
        try require(
          count >= 0, "sequencesPerStep.\(corpus.rawValue)", "\(count)", "0 or more")
      }
      try require(
        !corpora.isEmpty, "sequencesPerStep", "0 for every corpus",
        "positive for one corpus at least")
    }
    try require(microBatchTokens >= 1, "microBatchTokens", "\(microBatchTokens)", "at least 1")
    try require(readers >= 1 && readers <= 64, "readers", "\(readers)", "from 1 to 64")
    try require(validateEvery >= 0, "validateEvery", "\(validateEvery)", "0 or more")
    try require(
      validationSequences >= 1, "validationSequences", "\(validationSequences)", "at least 1")
    try require(checkpointEvery >= 0, "checkpointEvery", "\(checkpointEvery)", "0 or more")
    try require(keepCheckpoints >= 1, "keepCheckpoints", "\(keepCheckpoints)", "at least 1")
  }
}

extension AdamConstants {
  fileprivate func validate() throws(TrainingError) {
    try require(
      beta1 >= 0 && beta1 < 1, "adam.beta1", "\(beta1)", "from 0 up to below 1")
    try require(
      beta2 >= 0 && beta2 < 1, "adam.beta2", "\(beta2)", "from 0 up to below 1")
    try require(epsilon > 0 && epsilon.isFinite, "adam.epsilon", "\(epsilon)", "positive")
    try require(
      weightDecay >= 0 && weightDecay.isFinite, "adam.weightDecay", "\(weightDecay)", "0 or more")
  }
}

private func require(
  _ holds: Bool, _ key: String, _ value: String, _ accepted: String
) throws(TrainingError) {
  if holds { return }
  throw TrainingError(
    .invalidConfiguration,
    "the training configuration's '\(key)' is \(value); it must be \(accepted)")
}
