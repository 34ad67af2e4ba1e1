internal import Documents
internal import Hashing
internal import Kosmos
internal import Pipelines
internal import Tensors

/// The frozen part of a vision encoder on one thread, with batches of one size.
///
/// A short batch is filled up, so that every product has the same shape. Matrix libraries then add up each
/// row in the same order wherever it stands, which ``BatchArithmetic`` checks on the machine at hand: the
/// features of an image do not depend on the images beside it.
struct FeatureEncoder {
  private let model: CLIPVisionEncoder
  private let precision: EncoderConfiguration.Precision
  /// How many images pass the model at once.
  let batchSize: Int

  /// Loads the model.
  ///
  /// - Throws: `ParameterError` where the file is no CLIP vision encoder.
  init(
    path: String, precision: EncoderConfiguration.Precision, batchSize: Int
  ) throws(ParameterError) {
    model = try CLIPVisionEncoder.load(CLIPWeights(path: path))
    self.precision = precision
    self.batchSize = batchSize
  }

  /// The side of an image in pixels.
  var imageSize: Int { model.configuration.imageSize }

  /// Encodes images.
  ///
  /// - Parameter planes: The planes of at most ``batchSize`` images, end to end; see `CLIPPreprocessing`.
  /// - Returns: The features of each image: token after token, single precision.
  func encode(_ planes: [Float]) -> [[Float]] {
    let side = model.configuration.imageSize
    let size = 3 * side * side
    let images = planes.count / size
    precondition(
      images <= batchSize && images * size == planes.count, "the planes of at most a batch")
    let full = planes + repeatElement(0, count: (batchSize - images) * size)
    let features = withoutGradients { () -> Tensor in
      let pixels = Tensor(full, shape: [batchSize, 3, side, side])
      switch precision {
      case .float32: return model.frozenPrefix(pixels)
      case .bfloat16: return withAutocast(to: .bfloat16, on: .cpu) { model.frozenPrefix(pixels) }
      }
    }
    return (0..<images).map { features.element($0).values(of: Float.self) }
  }

  /// The features of one image of noise at each place of a batch.
  fileprivate func encodeNoise() -> [[Float]] {
    let side = model.configuration.imageSize
    let noise = Generator(seed: 1).normal([3, side, side]).values(of: Float.self)
    return encode((0..<batchSize).flatMap { _ in noise })
  }
}

/// How the machine at hand adds up: which batches keep an image's features the same bits, and a digest
/// of what comes of one image.
struct BatchArithmetic {
  /// How many images may pass the encoder at once.
  let batchSize: Int
  /// The digest of the features of an image of noise.
  ///
  /// Other kernels, another number of threads or another precision would hardly leave all of its tens of
  /// thousands of sums the same, so that features of equal digests have equal bits.
  let digest: Digest

  /// Encodes a batch of noise.
  ///
  /// Where an image's features depend on its place in the batch, images are encoded one by one.
  init(
    path: String, precision: EncoderConfiguration.Precision, batchSize: Int
  ) throws(ParameterError) {
    var encoder = try FeatureEncoder(path: path, precision: precision, batchSize: batchSize)
    var features = encoder.encodeNoise()
    if features.contains(where: { $0 != features[0] }) {
      encoder = try FeatureEncoder(path: path, precision: precision, batchSize: 1)
      features = encoder.encodeNoise()
    }
    self.batchSize = encoder.batchSize
    digest = Digest(of: features[0].flatMap { $0.bitPattern.littleEndianBytes })
  }
}

extension UInt32 {
  fileprivate var littleEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }
}
