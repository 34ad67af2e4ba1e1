/// What a model wrote after a prompt.
public struct Continuation: Hashable, Sendable {
  /// The tokens, without the end of sequence.
  public var tokens: [Int32]
  /// The sum of the tokens' log-probabilities in nats, the end of sequence included where it came.
  public var logProbability: Double
  /// Whether the model ended the sequence itself, and not the limit.
  public var isComplete: Bool

  /// Makes a continuation from its parts.
  public init(tokens: [Int32], logProbability: Double, isComplete: Bool) {
    self.tokens = tokens
    self.logProbability = logProbability
    self.isComplete = isComplete
  }
}
