public import ImageDecoding
internal import Kosmos
public import Pipelines

/// The encoding of images in batches, each batch read, decoded and scaled on another thread while the
/// model works on the one before it.
///
/// Two batches of pixels are in memory at most.
public struct ImageEncoding {
  private let encoder: FeatureEncoder
  private let preprocessing: CLIPPreprocessing

  /// Loads an encoder.
  ///
  /// - Parameters:
  ///   - path: A safetensors file of a CLIP vision encoder.
  ///   - batchSize: How many images pass the encoder at once.
  /// - Throws: `ParameterError` where the file is no such encoder's.
  public init(
    path: String, precision: EncoderConfiguration.Precision = .float32, batchSize: Int
  ) throws {
    encoder = try FeatureEncoder(path: path, precision: precision, batchSize: batchSize)
    preprocessing = CLIPPreprocessing(size: encoder.imageSize)
  }

  /// Encodes images in order.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - image: Gives the image of a number; called on other threads, one call after the other.
  ///   - body: Takes an image's number and features: token after token, single precision.
  /// - Throws: What the functions throw.
  public func encode(
    count: Int, image: @escaping @Sendable (Int) throws -> DecodedImage,
    _ body: (Int, [Float]) throws -> Void
  ) throws {
    let size = encoder.batchSize
    let preprocessing = preprocessing
    func prepare(from start: Int) -> BackgroundValue<[Float]>? {
      guard start < count else { return nil }
      return BackgroundValue {
        try (start..<min(start + size, count)).flatMap { preprocessing.planes(of: try image($0)) }
      }
    }
    var waiting = prepare(from: 0)
    // A thread that still decodes while the process ends on an error would crash it.
    defer { _ = try? waiting?.get() }
    var start = 0
    while let batch = waiting {
      waiting = nil
      let planes = try batch.get()
      waiting = prepare(from: start + size)
      for features in encoder.encode(planes) {
        try body(start, features)
        start += 1
      }
    }
  }
}
