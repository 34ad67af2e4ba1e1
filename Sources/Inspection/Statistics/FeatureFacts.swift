public import Documents
internal import Provenance
internal import Sharding

/// What a run keeps of its images for the vision encoder's last block.
public struct FeatureFacts: Hashable, Sendable, Codable {
  /// The distinct images that were encoded.
  public var images: Int
  /// The tokens of an image's features.
  public var tokens: Int
  /// The numbers of each token.
  public var width: Int
  /// How the numbers are kept.
  public var storage: String
  /// The bytes of an image's features.
  public var bytes: Int
  /// The digest of the encoder's weights.
  public var encoder: Digest
  /// How images were prepared for the encoder.
  public var preprocessing: String
  /// The mean over the images of the root mean square of their features; `nil` where it was not measured.
  public var meanMagnitude: Double?

  /// Makes facts from their parts.
  public init(
    images: Int, tokens: Int, width: Int, storage: String, bytes: Int, encoder: Digest,
    preprocessing: String, meanMagnitude: Double?
  ) {
    self.images = images
    self.tokens = tokens
    self.width = width
    self.storage = storage
    self.bytes = bytes
    self.encoder = encoder
    self.preprocessing = preprocessing
    self.meanMagnitude = meanMagnitude
  }
}

extension InspectedRun {
  /// What the features are, from the head of one shard that shows images and the counts of the ledger.
  func features(magnitude: Histogram?) -> FeatureFacts? {
    // What is damaged or not there yet has no numbers; `weft verify` tells of it.
    guard let encoded = try? ledger.funnel(of: .encode)[.distinctImage].kept, encoded > 0,
      let row = try? ledger.shards().first(where: { $0.images > 0 }),
      let shard = try? Shard(path: directory.path(row.path))
    else { return nil }
    let description = shard.description
    return FeatureFacts(
      images: encoded, tokens: description.featureTokens, width: description.featureWidth,
      storage: description.featureStorage.rawValue, bytes: description.featureByteCount,
      encoder: description.encoder, preprocessing: description.preprocessing,
      meanMagnitude: magnitude?.mean.map { $0 / 1000 })
  }
}
