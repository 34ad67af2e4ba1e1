/// Where the tokenizer comes from: a SentencePiece model file, or training on the run's own corpora.
public struct TokenizerConfiguration: Hashable, Sendable, Codable {
  /// A SentencePiece model file; trained on the corpora where it is absent.
  public var model: String?
  /// The number of pieces to train; KOSMOS-1 has 64,000.
  public var pieces = 64_000
  /// The most bytes of text to train on, sampled by document.
  public var sampleBytes = 256 << 20

  /// Makes a configuration of defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey { case model, pieces, sampleBytes }

  /// Writes every key, absent ones as null, so that a pipeline file may name each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(pieces, forKey: .pieces)
    try container.encode(sampleBytes, forKey: .sampleBytes)
  }
}
