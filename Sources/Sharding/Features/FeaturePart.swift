public import Documents
internal import Safetensors

/// The encoder's output of the distinct images of one partition: a safetensors file, memory-mapped.
///
/// | tensor | dtype, shape | meaning |
/// |---|---|---|
/// | `features` | F16, I8 or F32 [images, tokens, width] | what the frozen part of the encoder gives |
/// | `featureScales` | F16 [images, tokens, groups], with I8 only | see ``Int8Quantization`` |
/// | `imageDigests` | U8 [images, 32] | SHA-256 of the images' bytes, ascending |
///
/// The metadata name the encoder's weights, the preprocessing and the storage, without which features
/// mean nothing. Version 1 had F16 only and did not name the storage; it is still read.
public final class FeaturePart: Sendable {
  /// The name of the format.
  public static let format = "weft-features"
  /// The version of the format.
  public static let version = 2

  static let arithmeticKey = "arithmetic"

  /// What the features were made with.
  public let origin: FeatureOrigin
  /// The digests of the images, ascending.
  public let images: [Digest]

  private let table: FeatureTable
  private let file: SafetensorsFile

  /// Opens a part and checks it.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no such file or contradicts itself.
  public init(path: String) throws(ShardingError) {
    let file = try SafetensorsFile.open(path)
    let header = try FormatHeader(file, format: Self.format, versions: 1...Self.version)
    let storage: FeatureStorage =
      header.version == 1 ? .float16 : try header.value(FeatureTable.storageKey)
    let table = try FeatureTable(file, storage)
    let digests = try file.checked { (file) throws(SafetensorsError) in
      try file.tensor(named: "imageDigests", .uint8, shape: [table.count, Digest.byteCount])
    }
    origin = FeatureOrigin(
      encoder: try header.digest("encoder"), preprocessing: try header.text("preprocessing"),
      layout: table.layout,
      arithmetic: file.metadata[Self.arithmeticKey] == nil
        ? nil : try header.digest(Self.arithmeticKey))
    images = Digest.split(digests.rawBytes())
    guard zip(images, images.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ShardingError(
        .damaged, path: path, "its images' digests do not ascend; encode the images again")
    }
    self.table = table
    self.file = file
  }

  /// The path the part was opened by.
  public var path: String { file.path }

  /// The features of an image in the layout of ``origin``; `nil` where the part does not have it.
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
    return features(row: low)
  }

  /// The features of the image of a row.
  func features(row: Int) -> [UInt8] { table.bytes(row: row) }
}

extension Digest {
  /// The digests that stand end to end.
  static func split(_ bytes: [UInt8]) -> [Digest] {
    stride(from: 0, to: bytes.count, by: byteCount).compactMap {
      Digest(bytes: bytes[$0..<$0 + byteCount])
    }
  }
}
