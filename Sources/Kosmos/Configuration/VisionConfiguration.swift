/// The shape of a CLIP vision transformer (Radford and others 2021).
public struct VisionConfiguration: Hashable, Sendable, Codable {
  /// The function between the two layers of a block's MLP.
  public enum Activation: String, Hashable, Sendable, Codable, CaseIterable {
    /// x · sigmoid(1.702 x): OpenAI's weights.
    case quickGELU
    /// The exact GELU: most weights of the LAION project.
    case gelu
  }

  /// The side of the input image in pixels.
  public var imageSize: Int
  /// The side of a patch in pixels.
  public var patchSize: Int
  /// The width of the residual stream.
  public var width: Int
  /// The number of blocks.
  public var layers: Int
  /// The number of attention heads.
  public var heads: Int
  /// The width between the two layers of a block's MLP.
  public var feedForwardWidth: Int
  /// The function between them.
  public var activation: Activation

  /// Makes a shape from its parts.
  ///
  /// - Parameter feedForwardWidth: Four times the width where it is `nil`.
  public init(
    imageSize: Int, patchSize: Int, width: Int, layers: Int, heads: Int,
    feedForwardWidth: Int? = nil, activation: Activation = .quickGELU
  ) {
    self.imageSize = imageSize
    self.patchSize = patchSize
    self.width = width
    self.layers = layers
    self.heads = heads
    self.feedForwardWidth = feedForwardWidth ?? 4 * width
    self.activation = activation
  }

  /// The number of vectors an image becomes: one a patch, and the class token before them.
  public var tokenCount: Int { (imageSize / patchSize) * (imageSize / patchSize) + 1 }

  /// Two small blocks, for tests.
  public static let tiny = VisionConfiguration(
    imageSize: 28, patchSize: 14, width: 32, layers: 2, heads: 4)
  /// A small encoder for runs on a processor.
  public static let small = VisionConfiguration(
    imageSize: 224, patchSize: 32, width: 192, layers: 4, heads: 3)
  /// CLIP ViT-B/32.
  public static let vitB32 = VisionConfiguration(
    imageSize: 224, patchSize: 32, width: 768, layers: 12, heads: 12)
  /// CLIP ViT-L/14, KOSMOS-1's.
  public static let vitL14 = VisionConfiguration(
    imageSize: 224, patchSize: 14, width: 1024, layers: 24, heads: 16)
}
