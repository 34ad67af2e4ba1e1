public import Documents

/// The features of all partitions' images together.
///
/// An image that stands in several partitions is taken from the first. The index takes 16 bytes an
/// image.
public struct FeatureSet: Sendable {
  /// The parts.
  public let parts: [FeaturePart]
  private let places: [Place]

  /// Where an image's features are; places are sorted by the first bytes of the image's digest.
  private struct Place {
    var key: UInt64
    var part: UInt32
    var row: UInt32
  }

  /// Joins parts that were made with one encoder, preprocessing and storage.
  ///
  /// - Throws: ``ShardingError`` naming the part that was made otherwise than the first.
  public init(_ parts: [FeaturePart]) throws(ShardingError) {
    for part in parts.dropFirst() {
      guard let first = parts.first else { break }
      guard part.origin.goes(with: first.origin) else {
        throw ShardingError(
          .mismatch, path: part.path,
          "it was made with another encoder, preprocessing or storage than '\(first.path)'; encode"
            + " its images again")
      }
    }
    self.parts = parts
    places = parts.enumerated().flatMap { number, part in
      part.images.enumerated().map { row, image in
        Place(key: Self.key(image), part: UInt32(number), row: UInt32(row))
      }
    }.sorted { ($0.key, $0.part) < ($1.key, $1.part) }
  }

  /// The features of an image in its part's layout; `nil` where no part has the image.
  ///
  /// - Complexity: O(log n) in the number of images.
  public func find(_ image: Digest) -> [UInt8]? {
    place(of: image).map { parts[Int($0.part)].features(row: Int($0.row)) }
  }

  /// Whether a part has an image.
  ///
  /// - Complexity: O(log n) in the number of images.
  public func contains(_ image: Digest) -> Bool { place(of: image) != nil }

  private func place(of image: Digest) -> Place? {
    let key = Self.key(image)
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].key < key { low = middle + 1 } else { high = middle }
    }
    for place in places[low...].prefix(while: { $0.key == key }) {
      if parts[Int(place.part)].images[Int(place.row)] == image { return place }
    }
    return nil
  }

  /// The features of an image in its part's layout.
  ///
  /// - Throws: ``ShardingError`` where no part has the image.
  public func features(of image: Digest) throws(ShardingError) -> [UInt8] {
    if let features = find(image) { return features }
    throw ShardingError(
      .mismatch, path: parts.first?.path ?? "features",
      "image \(image) is in none of the \(parts.count) parts of features; encode the images again")
  }

  private static func key(_ image: Digest) -> UInt64 {
    image.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
