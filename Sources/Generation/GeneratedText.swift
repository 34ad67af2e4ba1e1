/// What a model wrote after a prompt, as text.
public struct GeneratedText: Hashable, Sendable, Codable {
  /// The text.
  public var text: String
  /// Its tokens, without the end of sequence.
  public var tokens: [Int32]
  /// The sum of the tokens' log-probabilities in nats, the end of sequence included where it came.
  public var logProbability: Double
  /// Whether the model ended the text itself, and not the limit.
  public var isComplete: Bool

  /// Makes a text from its parts.
  public init(text: String, tokens: [Int32], logProbability: Double, isComplete: Bool) {
    self.text = text
    self.tokens = tokens
    self.logProbability = logProbability
    self.isComplete = isComplete
  }
}
