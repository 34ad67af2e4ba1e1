public import Documents
internal import Safetensors
public import Storage

/// Writes the features of a partition's distinct images as a ``FeaturePart``, image after image.
public final class FeaturePartWriter {
  /// The images, ascending: the order in which their features are written.
  public let images: [Digest]

  private let writer: SafetensorsWriter
  private let byteCount: Int
  private var count = 0

  /// Begins a part of images.
  ///
  /// - Parameters:
  ///   - images: The images' digests in any order, repetitions allowed.
  ///   - tokens: The tokens of an image's features.
  ///   - width: The numbers of each token.
  /// - Throws: `StorageError` where the file cannot be made.
  public init(
    path: String, images: some Sequence<Digest>, encoder: Digest, preprocessing: String,
    tokens: Int, width: Int
  ) throws(StorageError) {
    self.images = Set(images).sorted()
    byteCount = tokens * width * 2
    writer = try SafetensorsWriter(
      path: path,
      tensors: [
        TensorDescription("features", .float16, [self.images.count, tokens, width]),
        TensorDescription("imageDigests", .uint8, [self.images.count, Digest.byteCount]),
      ],
      metadata: [
        FormatHeader.formatKey: FeaturePart.format,
        FormatHeader.versionKey: String(FeaturePart.version),
        "encoder": encoder.description, "preprocessing": preprocessing,
      ])
  }

  /// Adds the features of the next of ``images``: token after token of little-endian F16.
  ///
  /// - Precondition: There is a next image, and the bytes are those of its tokens.
  public func add(_ features: [UInt8]) throws(StorageError) {
    precondition(count < images.count, "features are added once for each image")
    precondition(features.count == byteCount, "features of the tokens and width declared")
    try writer.write(bytes: features, to: "features")
    count += 1
  }

  /// Gives the file its name.
  ///
  /// - Precondition: The features of every image were added.
  public func commit() throws(StorageError) {
    precondition(count == images.count, "the features of every image are added before the commit")
    for image in images { try writer.write(image.bytes, to: "imageDigests") }
    try writer.commit()
  }
}
