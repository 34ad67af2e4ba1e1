internal import Glibc

/// How a decoder knows the order of its tokens.
public enum PositionEncoding: Hashable, Sendable, Codable {
  /// xPos (Sun and others 2022): rotated queries and keys whose product decays with the distance.
  ///
  /// The decay of dimension i over n positions is ζᵢ to the power n / `scaleBase`: 512 at KOSMOS-1's
  /// length of 2,048. Shorter training wants a smaller one: see ``xPos(forLength:)``.
  case xPos(scaleBase: Double)
  /// Rotated queries and keys without decay (Su and others 2021).
  case rotary
  /// Sines and cosines added to the embeddings, as in fairseq and KOSMOS-2.
  case sinusoidal
  /// None.
  case none

  /// xPos with a scale base of half the training length, and at least 32: a base that is long against the
  /// length decays too little to look beyond it.
  public static func xPos(forLength length: Int) -> PositionEncoding {
    .xPos(scaleBase: Double(max(32, length / 2)))
  }
}

/// The shape of a MAGNETO decoder (Wang and others 2022) and the numbers of its training.
public struct DecoderConfiguration: Hashable, Sendable, Codable {
  /// How new weights are drawn.
  public enum Initialization: String, Hashable, Sendable, Codable, CaseIterable {
    /// The paper's: Xavier-normal, zero biases, and √ln 2L times the weights of value, output and
    /// feed-forward projections.
    case magneto
    /// The reference code's: PyTorch's default, and √ln 2L times those weights and their biases.
    case torchscale
  }

  /// The number of tokens in the vocabulary.
  public var vocabularySize: Int
  /// The width of the residual stream.
  public var width: Int
  /// The number of blocks.
  public var layers: Int
  /// The number of attention heads.
  public var heads: Int
  /// The width between the two layers of a block's feed-forward network.
  public var feedForwardWidth: Int
  /// The longest sequence in training; beyond it attention is block-wise causal, with half of it a block.
  public var maximumLength: Int
  /// How the order of tokens is known.
  public var positions: PositionEncoding
  /// The probability of dropout of the embeddings and of each residual branch in training.
  public var dropout: Double
  /// The probability of dropout of attention weights in training.
  ///
  /// Where it is not 0, training does without fused attention, which has no dropout.
  public var attentionDropout: Double
  /// How new weights are drawn.
  public var initialization: Initialization
  /// The id of the padding token.
  public var paddingToken: Int

  /// Makes a shape from its parts.
  ///
  /// - Parameter feedForwardWidth: Four times the width where it is `nil`.
  public init(
    vocabularySize: Int, width: Int, layers: Int, heads: Int, feedForwardWidth: Int? = nil,
    maximumLength: Int, positions: PositionEncoding, dropout: Double = 0,
    attentionDropout: Double = 0, initialization: Initialization = .magneto, paddingToken: Int = 1
  ) {
    self.vocabularySize = vocabularySize
    self.width = width
    self.layers = layers
    self.heads = heads
    self.feedForwardWidth = feedForwardWidth ?? 4 * width
    self.maximumLength = maximumLength
    self.positions = positions
    self.dropout = dropout
    self.attentionDropout = attentionDropout
    self.initialization = initialization
    self.paddingToken = paddingToken
  }

  /// The width of one attention head.
  public var headWidth: Int { width / heads }

  /// MAGNETO's gain of a decoder-only model: √ln 2L.
  public var gain: Double { log(2 * Double(layers)).squareRoot() }
}
