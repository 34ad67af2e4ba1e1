/// A whole KOSMOS-1 model (Huang and others 2023).
public struct KosmosConfiguration: Hashable, Sendable, Codable {
  /// Which part of the vision encoder is trained.
  public enum VisionTraining: String, Hashable, Sendable, Codable, CaseIterable {
    /// The last block and the norm after it, as the paper says.
    case lastBlock
    /// Nothing, as the released code does.
    case none
    /// All of it, as the KOSMOS-2 paper says.
    case all
  }

  /// The vision encoder.
  public var vision: VisionConfiguration
  /// The connector.
  public var connector: ConnectorConfiguration
  /// The decoder.
  public var decoder: DecoderConfiguration
  /// Which part of the vision encoder is trained.
  public var visionTraining: VisionTraining

  /// Makes a model's shape from those of its parts.
  public init(
    vision: VisionConfiguration, connector: ConnectorConfiguration = ConnectorConfiguration(),
    decoder: DecoderConfiguration, visionTraining: VisionTraining = .lastBlock
  ) {
    self.vision = vision
    self.connector = connector
    self.decoder = decoder
    self.visionTraining = visionTraining
  }

  /// Two small layers and four latents, for tests.
  public static let tiny = KosmosConfiguration(
    vision: .tiny, connector: ConnectorConfiguration(latents: 4),
    decoder: DecoderConfiguration(
      vocabularySize: 120, width: 64, layers: 2, heads: 4, maximumLength: 64,
      positions: .xPos(forLength: 64)))

  /// Four layers of width 256, which train in minutes on two cores.
  public static let small = KosmosConfiguration(
    vision: .small,
    decoder: DecoderConfiguration(
      vocabularySize: 8_010, width: 256, layers: 4, heads: 4, maximumLength: 512,
      positions: .xPos(forLength: 512)))

  /// The paper's (tables 17 and 18): 24 layers of width 2,048, CLIP ViT-L/14, 1.6 billion parameters.
  public static let kosmos1 = KosmosConfiguration(
    vision: .vitL14, connector: ConnectorConfiguration(attentionDropout: 0.1),
    decoder: DecoderConfiguration(
      vocabularySize: 64_007, width: 2_048, layers: 24, heads: 32, maximumLength: 2_048,
      positions: .xPos(scaleBase: 512), dropout: 0.1, attentionDropout: 0.1))
}
