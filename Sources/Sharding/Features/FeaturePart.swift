public import Documents
internal import Safetensors

/// The encoder's output of the distinct images of one partition: a safetensors file, memory-mapped.
///
/// | tensor | dtype, shape | meaning |
/// |---|---|---|
/// | `features` | F16 [images, tokens, width] | what the frozen part of the encoder gives |
/// | `imageDigests` | U8 [images, 32] | SHA-256 of the images' bytes, ascending |
///
/// The metadata name the encoder's weights and the preprocessing, without which features mean nothing.
public final class FeaturePart: Sendable {
  /// The name of the format.
  public static let format = "weft-features"
  /// The version of the format.
  public static let version = 1

  /// The digest of the encoder's weights.
  public let encoder: Digest
  /// The name and version of the image preprocessing.
  public let preprocessing: String
  /// The digests of the images, ascending.
  public let images: [Digest]
  /// The tokens of an image's features.
  public let tokens: Int
  /// The numbers of each token.
  public let width: Int

  private let features: TensorView
  private let file: SafetensorsFile

  /// Opens a part and checks it.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no such file or contradicts itself.
  public init(path: String) throws(ShardingError) {
    let file = try SafetensorsFile.open(path)
    let header = try FormatHeader(file, format: Self.format, version: Self.version)
    let (features, digests) = try file.checked { (file) throws(SafetensorsError) in
      let features = try file.tensor(named: "features", .float16, shape: [nil, nil, nil])
      return (
        features,
        try file.tensor(
          named: "imageDigests", .uint8, shape: [features.shape[0], Digest.byteCount])
      )
    }
    encoder = try header.digest("encoder")
    preprocessing = try header.text("preprocessing")
    images = Digest.split(digests.rawBytes())
    guard zip(images, images.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ShardingError(
        .damaged, path: path, "its images' digests do not ascend; encode the images again")
    }
    tokens = features.shape[1]
    width = features.shape[2]
    self.features = features
    self.file = file
  }

  /// The path the part was opened by.
  public var path: String { file.path }

  /// The features of an image as bytes of F16; `nil` where the part does not have it.
  ///
  /// - Complexity: O(log n) in the number of images.
  public func features(of image: Digest) -> [UInt8]? {
    var low = 0
    var high = images.count
    while low < high {
      let middle = (low + high) / 2
      if images[middle] < image { low = middle + 1 } else { high = middle }
    }
    guard low < images.count, images[low] == image else { return nil }
    let size = tokens * width * 2
    return features.rawBytes(in: low * size..<(low + 1) * size)
  }
}

extension Digest {
  /// The digests that stand end to end.
  static func split(_ bytes: [UInt8]) -> [Digest] {
    stride(from: 0, to: bytes.count, by: byteCount).compactMap {
      Digest(bytes: bytes[$0..<$0 + byteCount])
    }
  }
}
