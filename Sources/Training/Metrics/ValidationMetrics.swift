/// How a model does on the held-out documents of each corpus.
public struct ValidationMetrics: Hashable, Sendable, Codable {
  /// The result on one corpus, in nats a target.
  public struct Result: Hashable, Sendable, Codable {
    /// The model's mean loss.
    public var loss: Double
    /// The mean loss of a unigram model fitted on the training targets of the corpus.
    public var unigram: Double
    /// The targets both are means of.
    public var targets: Int

    /// Makes a result from its parts.
    public init(loss: Double, unigram: Double, targets: Int) {
      self.loss = loss
      self.unigram = unigram
      self.targets = targets
    }
  }

  /// The steps that were done before.
  public var step: Int
  /// The result on each corpus of the mixture that has held-out documents.
  public var results: PerCorpus<Result?>

  /// Makes metrics from their parts.
  public init(step: Int, results: PerCorpus<Result?>) {
    self.step = step
    self.results = results
  }
}
