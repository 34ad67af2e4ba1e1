/// How tokens are drawn.
///
/// Temperature, top-k (Fan, Lewis and Dauphin, arXiv 1805.04833) and top-p (Holtzman and others, arXiv
/// 1904.09751) may be combined.
public struct Sampling: Hashable, Sendable {
  /// What scores are divided by: below 1 the likely becomes likelier.
  public var temperature: Double
  /// How many of the likeliest tokens may be drawn, top-k; all where it is `nil`.
  public var topK: Int?
  /// The share of probability that the likeliest tokens must have together for only them to be drawn,
  /// top-p; all are drawn from where it is `nil`.
  public var topP: Double?
  /// The seed of the draws.
  public var seed: UInt64

  /// Makes a sampling from its parts.
  ///
  /// - Precondition: The temperature is positive, `topK` at least 1, and `topP` in (0, 1].
  public init(temperature: Double = 1, topK: Int? = nil, topP: Double? = nil, seed: UInt64 = 0) {
    precondition(temperature > 0 && temperature.isFinite, "a temperature is positive")
    precondition(topK ?? 1 >= 1, "one token at least may be drawn")
    precondition(topP ?? 1 > 0 && topP ?? 1 <= 1, "a probability above 0 and up to 1")
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.seed = seed
  }
}
