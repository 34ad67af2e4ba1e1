public import Documents

/// The features of all partitions' images together.
///
/// An image that stands in several partitions is taken from the first.
public struct FeatureSet: Sendable {
  private let parts: [FeaturePart]

  /// Joins parts that were made with one encoder and preprocessing.
  ///
  /// - Throws: ``ShardingError`` naming the part that was made otherwise than the first.
  public init(_ parts: [FeaturePart]) throws(ShardingError) {
    for part in parts.dropFirst() {
      guard let first = parts.first else { break }
      guard part.encoder == first.encoder, part.preprocessing == first.preprocessing,
        part.tokens == first.tokens, part.width == first.width
      else {
        throw ShardingError(
          .mismatch, path: part.path,
          "it was made with another encoder or preprocessing than '\(first.path)'; encode its"
            + " images again")
      }
    }
    self.parts = parts
  }

  /// The features of an image as bytes of F16.
  ///
  /// - Throws: ``ShardingError`` where no part has the image.
  public func features(of image: Digest) throws(ShardingError) -> [UInt8] {
    for part in parts {
      if let features = part.features(of: image) { return features }
    }
    throw ShardingError(
      .mismatch, path: parts.first?.path ?? "features",
      "image \(image) is in none of the \(parts.count) parts of features; encode the images again")
  }
}
