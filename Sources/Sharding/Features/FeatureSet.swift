public import Documents

/// The features of all partitions' images together, or of those that are needed.
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
  /// - Parameter images: The images that are needed; all where it is `nil`.
  /// - Throws: ``ShardingError`` naming the part that was made otherwise than the first.
  public init(
    _ parts: [FeaturePart], of images: ImageKeys? = nil
  ) throws(ShardingError) {
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
    var places: [Place] = []
    let needed = images?.sorted()
    for (number, part) in parts.enumerated() {
      var place = 0
      part.forEachKey { row, key in
        if let needed {
          if row == 0 { place = needed.firstIndex(atLeast: key) }
          while place < needed.count, needed[place] < key { place += 1 }
          guard place < needed.count, needed[place] == key else { return }
        }
        places.append(Place(key: key, part: UInt32(number), row: UInt32(row)))
      }
    }
    places.sort { ($0.key, $0.part, $0.row) < ($1.key, $1.part, $1.row) }
    self.places = places
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
    let key = ImageKeys.key(image)
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].key < key { low = middle + 1 } else { high = middle }
    }
    for place in places[low...].prefix(while: { $0.key == key }) {
      if parts[Int(place.part)].digest(row: Int(place.row)) == image { return place }
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
}
