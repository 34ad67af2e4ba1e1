/// Which sequences each training step takes from a corpus: a pure function of seed and step.
///
/// Every step takes the same number of sequences, so that the batch of a step is found without
/// counting the tokens of those before it and a run resumes by its step alone. A step takes the next
/// sequences of ``SequenceOrder``'s endless stream; ranks share them out in turn.
public struct BatchOrder: Hashable, Sendable {
  /// The order of the sequences.
  public let order: SequenceOrder
  /// The sequences of a step, over all ranks.
  public let sequencesPerStep: Int

  /// Batches of so many sequences.
  public init(order: SequenceOrder, sequencesPerStep: Int) {
    precondition(sequencesPerStep > 0, "a step takes at least one sequence")
    self.order = order
    self.sequencesPerStep = sequencesPerStep
  }

  /// Batches of about so many tokens: as many sequences as hold that many on average, at least one.
  ///
  /// - Parameters:
  ///   - tokensPerStep: The budget of a step, over all ranks.
  ///   - totalTokens: The tokens of all sequences together.
  public init(order: SequenceOrder, tokensPerStep: Int, totalTokens: Int) {
    precondition(tokensPerStep > 0 && totalTokens > 0, "a budget and a corpus of at least a token")
    let sequences = Double(tokensPerStep) * Double(order.count) / Double(totalTokens)
    self.init(order: order, sequencesPerStep: max(1, Int(sequences.rounded())))
  }

  /// The sequences of a step, counted from 0, in order.
  public func sequences(step: Int) -> [Int] {
    precondition(step >= 0, "steps are counted from 0")
    let start = step * sequencesPerStep
    return (start..<start + sequencesPerStep).map(order.sequence(at:))
  }

  /// The sequences of a step that fall to one of several ranks: every `ranks`-th of them.
  public func sequences(step: Int, rank: Int, ranks: Int) -> [Int] {
    precondition(ranks > 0 && (0..<ranks).contains(rank), "a rank below the number of ranks")
    let start = step * sequencesPerStep
    return stride(from: start + rank, to: start + sequencesPerStep, by: ranks)
      .map(order.sequence(at:))
  }

  /// The epoch in which a step's first sequence falls.
  public func epoch(ofStep step: Int) -> Int { step * sequencesPerStep / order.count }
}
