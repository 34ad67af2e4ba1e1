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
  /// The number of images.
  public let count: Int

  private let table: FeatureTable
  private let digests: TensorView
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
    digests = try file.checked { (file) throws(SafetensorsError) in
      try file.tensor(named: "imageDigests", .uint8, shape: [table.count, Digest.byteCount])
    }
    count = table.count
    origin = FeatureOrigin(
      encoder: try header.digest("encoder"), preprocessing: try header.text("preprocessing"),
      layout: table.layout,
      arithmetic: file.metadata[Self.arithmeticKey] == nil
        ? nil : try header.digest(Self.arithmeticKey))
    self.table = table
    self.file = file
    guard digestsAscend else {
      throw ShardingError(
        .damaged, path: path, "its images' digests do not ascend; encode the images again")
    }
  }

  /// The path the part was opened by.
  public var path: String { file.path }

  /// The digests of the images, ascending; read anew each time.
  public var images: [Digest] { Digest.split(digests.rawBytes()) }

  /// The digest of the image of a row.
  func digest(row: Int) -> Digest {
    guard let digest = Digest(bytes: digestBytes(row..<row + 1)) else {
      preconditionFailure("a digest has 32 bytes")
    }
    return digest
  }

  /// Calls a function with the row and the key of each image, by which they ascend.
  func forEachKey(_ body: (_ row: Int, _ key: UInt64) -> Void) {
    for start in stride(from: 0, to: count, by: Self.chunk) {
      let bytes = digestBytes(start..<min(start + Self.chunk, count))
      for first in stride(from: 0, to: bytes.count, by: Digest.byteCount) {
        body(start + first / Digest.byteCount, ImageKeys.key(bytes[first..<first + 8]))
      }
    }
  }

  /// How many digests are read at once.
  private static let chunk = 1 << 12

  private var digestsAscend: Bool {
    var last: ArraySlice<UInt8> = []
    for start in stride(from: 0, to: count, by: Self.chunk) {
      let bytes = digestBytes(start..<min(start + Self.chunk, count))
      for first in stride(from: 0, to: bytes.count, by: Digest.byteCount) {
        let digest = bytes[first..<first + Digest.byteCount]
        if !last.lexicographicallyPrecedes(digest) { return false }
        last = digest
      }
    }
    return true
  }

  private func digestBytes(_ rows: Range<Int>) -> [UInt8] {
    digests.rawBytes(
      in: rows.lowerBound * Digest.byteCount..<rows.upperBound * Digest.byteCount)
  }

  /// The features of an image in the layout of ``origin``; `nil` where the part does not have it.
  ///
  /// - Complexity: O(log n) in the number of images.
  public func features(of image: Digest) -> [UInt8]? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if digest(row: middle) < image { low = middle + 1 } else { high = middle }
    }
    guard low < count, digest(row: low) == image else { return nil }
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
