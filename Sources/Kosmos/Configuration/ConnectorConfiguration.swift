/// The shape of the connector between vision encoder and decoder.
public struct ConnectorConfiguration: Hashable, Sendable, Codable {
  /// Which connector it is.
  public enum Kind: Hashable, Sendable, Codable {
    /// KOSMOS-1's, in the released code: one cross-attention of latents in the decoder's width.
    case kosmos
    /// Flamingo's resampler: so many layers of cross-attention and feed-forward network in the width of the
    /// features, with norms and residuals (Alayrac and others 2022, §2.1), then a linear layer.
    case flamingo(depth: Int)
  }

  /// Which connector it is.
  public var kind: Kind
  /// How many vectors of the decoder an image becomes.
  public var latents: Int
  /// The probability of dropout of attention weights in training; Flamingo's resampler has none.
  public var attentionDropout: Double

  /// Makes a shape from its parts.
  public init(kind: Kind = .kosmos, latents: Int = 64, attentionDropout: Double = 0) {
    self.kind = kind
    self.latents = latents
    self.attentionDropout = attentionDropout
  }
}

extension KeyedDecodingContainer {
  /// Checkpoints of a version that had one connector do not name it.
  func decode(
    _ type: ConnectorConfiguration.Kind.Type, forKey key: Key
  ) throws -> ConnectorConfiguration.Kind {
    try decodeIfPresent(type, forKey: key) ?? .kosmos
  }
}
