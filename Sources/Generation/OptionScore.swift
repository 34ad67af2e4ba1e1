/// How likely a model finds one of several answers.
public struct OptionScore: Hashable, Sendable, Codable {
  /// The answer.
  public var option: String
  /// The sum of its tokens' log-probabilities after the prompt, in nats.
  public var logProbability: Double
  /// The number of its tokens: divide by it to compare answers of different lengths.
  public var tokenCount: Int

  /// Makes a score from its parts.
  public init(option: String, logProbability: Double, tokenCount: Int) {
    self.option = option
    self.logProbability = logProbability
    self.tokenCount = tokenCount
  }
}
