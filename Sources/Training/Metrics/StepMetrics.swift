/// What one training step did.
///
/// Losses are in nats a target.
public struct StepMetrics: Hashable, Sendable, Codable {
  /// The number of the step, from 1.
  public var step: Int
  /// The loss that was minimised: the mean over the targets of the mixture, or the mean of the
  /// corpora's means.
  public var loss: Double
  /// The mean loss of each corpus of the mixture.
  public var losses: PerCorpus<Double?>
  /// The learning rate of the step.
  public var learningRate: Double
  /// The norm of all gradients together, before clipping.
  public var gradientNorm: Double
  /// The input positions the step read, padding not counted, images counted as their positions.
  public var tokens: Int
  /// The targets the loss is a mean of.
  public var targets: Int
  /// The input positions the step computed for each corpus, padding counted.
  public var positions: PerCorpus<Int>
  /// The share of each corpus's positions that is padding.
  public var padding: PerCorpus<Double?>
  /// How long the step took in seconds.
  public var seconds: Double
  /// How much of it passed between asking for data and having them on the device, in seconds.
  public var waitingSeconds: Double
  /// How many of these seconds rank 0 spent on sums over all processes, waiting for slower ones included;
  /// `nil` where one trains by itself.
  public var exchangeSeconds: Double?

  /// The input positions read a second.
  public var tokensPerSecond: Double { seconds > 0 ? Double(tokens) / seconds : 0 }

  /// The share of the step's time that was spent waiting for data.
  public var waitingShare: Double { seconds > 0 ? waitingSeconds / seconds : 0 }

  /// Makes metrics from their parts.
  public init(
    step: Int, loss: Double, losses: PerCorpus<Double?>, learningRate: Double,
    gradientNorm: Double, tokens: Int, targets: Int, positions: PerCorpus<Int>,
    padding: PerCorpus<Double?>, seconds: Double, waitingSeconds: Double,
    exchangeSeconds: Double? = nil
  ) {
    self.step = step
    self.loss = loss
    self.losses = losses
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    self.tokens = tokens
    self.targets = targets
    self.positions = positions
    self.padding = padding
    self.seconds = seconds
    self.waitingSeconds = waitingSeconds
    self.exchangeSeconds = exchangeSeconds
  }
}
