public import Documents
internal import Safetensors
public import Storage

/// Writes the features of a partition's distinct images as a ``FeaturePart``, image after image.
public final class FeaturePartWriter {
  /// The images, ascending: the order in which their features are written.
  public let images: [Digest]

  private let layout: FeatureLayout
  private let writer: SafetensorsWriter
  /// The scales of all images; they follow the values, and are a thirtieth of them.
  private var scales: [UInt8] = []
  private var count = 0

  /// Begins a part of images.
  ///
  /// - Parameters:
  ///   - images: The images' digests in any order, repetitions allowed.
  ///   - origin: What the features are made with.
  /// - Throws: `StorageError` where the file cannot be made.
  public init(
    path: String, images: some Sequence<Digest>, origin: FeatureOrigin
  ) throws(StorageError) {
    self.images = Set(images).sorted()
    layout = origin.layout
    var metadata = [
      FormatHeader.formatKey: FeaturePart.format,
      FormatHeader.versionKey: String(FeaturePart.version),
      "encoder": origin.encoder.description, "preprocessing": origin.preprocessing,
      FeatureTable.storageKey: layout.storage.rawValue,
    ]
    metadata[FeaturePart.arithmeticKey] = origin.arithmetic?.description
    writer = try SafetensorsWriter(
      path: path,
      tensors: FeatureTable.tensors(layout, count: self.images.count) + [
        TensorDescription("imageDigests", .uint8, [self.images.count, Digest.byteCount])
      ],
      metadata: metadata)
  }

  /// Adds the features of the next of ``images`` in the layout of the origin.
  ///
  /// - Precondition: There is a next image, and the bytes are those of its tokens.
  public func add(_ features: [UInt8]) throws(StorageError) {
    precondition(count < images.count, "features are added once for each image")
    precondition(features.count == layout.byteCount, "features of the layout declared")
    try writer.write(bytes: Array(features[..<layout.valueByteCount]), to: FeatureTable.valuesName)
    scales += features[layout.valueByteCount...]
    count += 1
  }

  /// Gives the file its name.
  ///
  /// - Precondition: The features of every image were added.
  public func commit() throws(StorageError) {
    precondition(count == images.count, "the features of every image are added before the commit")
    if layout.scalesPerToken > 0 {
      try writer.write(bytes: scales, to: FeatureTable.scalesName)
    }
    for image in images { try writer.write(image.bytes, to: "imageDigests") }
    try writer.commit()
  }
}
