/// The constants of AdamW; the defaults are KOSMOS-1's (arXiv 2302.14045, §3.2, table 18).
public struct AdamConstants: Hashable, Sendable, Codable {
  /// How much of the mean of gradients a step keeps.
  public var beta1: Double
  /// How much of the mean of squared gradients a step keeps.
  public var beta2: Double
  /// What is added to the root of the mean of squared gradients.
  public var epsilon: Double
  /// What share of a parameter, times the learning rate, a step takes away.
  public var weightDecay: Double

  /// Makes constants from their parts.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.98, epsilon: Double = 1e-6, weightDecay: Double = 0.01
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }
}
