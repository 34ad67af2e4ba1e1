public import Sharding

/// Which vision encoder gives the frozen features.
public struct EncoderConfiguration: Hashable, Sendable, Codable {
  /// A safetensors file of a CLIP vision encoder with its `config.json` beside it.
  ///
  /// Where it is absent a small encoder of random, seeded weights is made as ``random`` says: enough
  /// to exercise the whole way where no pretrained weights can be had, and no more.
  public var weights: String?
  /// The shape of the random encoder.
  public var random = RandomEncoderConfiguration()
  /// The type in which the features are kept.
  public var features = FeatureStorage.float16
  /// The type in which the encoder's matrix products run.
  public var precision = Precision.float32
  /// A directory of features that runs share; none where it is absent.
  ///
  /// An image is then encoded once for all runs that use the same encoder, preprocessing and storage.
  public var cache: String?
  /// How many images pass the encoder at once.
  public var batchSize = 16
  /// How many images make one part.
  public var imagesPerPart = 256

  /// Makes a configuration of defaults.
  public init() {}

  /// A type of the encoder's arithmetic.
  public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
    /// Single precision throughout.
    case float32
    /// Matrix products and convolutions in bfloat16, norms and sums of the residual stream in single
    /// precision, as PyTorch's autocast divides them.
    case bfloat16
  }

  private enum CodingKeys: String, CodingKey {
    case weights, random, features, precision, cache, batchSize, imagesPerPart
  }

  /// Writes every key, absent ones as null, so that a pipeline file may name each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(weights, forKey: .weights)
    try container.encode(random, forKey: .random)
    try container.encode(features, forKey: .features)
    try container.encode(precision, forKey: .precision)
    try container.encode(cache, forKey: .cache)
    try container.encode(batchSize, forKey: .batchSize)
    try container.encode(imagesPerPart, forKey: .imagesPerPart)
  }
}

/// The shape of a CLIP vision encoder that is made of random weights.
public struct RandomEncoderConfiguration: Hashable, Sendable, Codable {
  /// The side of the square input in pixels.
  public var imageSize = 224
  /// The side of a patch in pixels.
  public var patchSize = 32
  /// The width of a token.
  public var width = 192
  /// The number of blocks, the trainable last one included.
  public var layers = 4
  /// The number of attention heads.
  public var heads = 3
  /// The width of the hidden layer of each block's MLP.
  public var mlpWidth = 768

  /// Makes a configuration of defaults.
  public init() {}
}
