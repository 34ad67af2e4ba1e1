/// The features of a batch's images as they are stored: bytes that become numbers where they are used.
public struct StoredFeatures: Hashable, Sendable {
  /// The values, image after image, as ``FeatureLayout`` lays them out.
  public private(set) var values: [UInt8] = []
  /// The scales of the values, image after image; none where the storage has none.
  public private(set) var scales: [UInt8] = []
  /// The number of images.
  public private(set) var count = 0

  /// Makes room for so many more images.
  mutating func reserve(_ images: Int, _ layout: FeatureLayout) {
    values.reserveCapacity(values.count + images * layout.valueByteCount)
    scales.reserveCapacity(scales.count + images * layout.scaleByteCount)
  }

  /// Adds the features of an image.
  mutating func add(row: Int, of shard: Shard) {
    let bytes = shard.featureBytes(row: row)
    let end = shard.description.featureLayout.valueByteCount
    values += bytes[..<end]
    scales += bytes[end...]
    count += 1
  }
}
