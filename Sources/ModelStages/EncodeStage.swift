public import Documents
internal import Hashing
internal import ImageDecoding
internal import Kosmos
public import Pipelines
internal import Provenance
internal import Sharding
internal import Tensors

/// Passes each image that the corpora show once through the frozen part of the vision encoder.
///
/// A partition is a number of images in the order of their digests. Each is worked on by one thread in
/// batches of a fixed size, so that the features are the same bits for any number of workers.
public struct EncodeStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .encode }

  /// Plans one partition for each ``EncoderConfiguration/imagesPerPart`` distinct images.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let shown = try ShownImages(run)
    if shown.images.isEmpty { return [] }
    let encoder = try VisionEncoderFile(run)
    let size = run.configuration.encoder.imagesPerPart
    let batch = run.configuration.encoder.batchSize
    let preprocessing = CLIPPreprocessing(size: encoder.configuration.imageSize).name
    return try stride(from: 0, to: shown.images.count, by: size).enumerated().map { index, start in
      let images = Array(shown.images[start..<min(start + size, shown.images.count)])
      let key = try PartitionKey().reading(encoder.digest).reading(images.map(\.digest))
        .with("batchSize", batch).with("preprocessing", preprocessing)
      return Partition(index: index, key: key, work: Int64(images.count)) { writer in
        var encoding = try ImageEncoding(
          encoder: encoder, bytes: shown.bytesReader(), writer: writer)
        return try encoding.perform(images, batch: batch, part: index)
      }
    }
  }
}

/// The encoding of a part's images.
private struct ImageEncoding {
  private let encoder: VisionEncoderFile
  private let model: CLIPVisionEncoder
  private let preprocessing: CLIPPreprocessing
  private var bytes: ImageBytesReader
  private let writer: PartitionWriter

  init(encoder: VisionEncoderFile, bytes: ImageBytesReader, writer: PartitionWriter) throws {
    setThreads(1)
    self.encoder = encoder
    model = try CLIPVisionEncoder.load(CLIPWeights(path: encoder.path))
    preprocessing = CLIPPreprocessing(size: encoder.configuration.imageSize)
    self.bytes = bytes
    self.writer = writer
  }

  mutating func perform(
    _ images: [ResolvedImage], batch size: Int, part: Int
  ) throws -> StageCounts {
    let output = try FeaturePartWriter(
      path: writer.output(RunDirectory.features(part)), images: images.map(\.digest),
      encoder: encoder.digest, preprocessing: preprocessing.name,
      tokens: encoder.configuration.tokenCount, width: encoder.configuration.width)
    for start in stride(from: 0, to: images.count, by: size) {
      try writer.checkInterruption()
      let batch = images[start..<min(start + size, images.count)]
      for features in try encode(batch) { try output.add(features) }
      writer.advance(by: Int64(batch.count))
    }
    try output.commit()
    var counts = StageCounts()
    counts[.distinctImage].keep(images.count)
    return counts
  }

  /// Encodes a batch; gives each image's features as bytes of F16.
  private mutating func encode(_ batch: ArraySlice<ResolvedImage>) throws -> [[UInt8]] {
    var planes: [Float] = []
    for image in batch { planes += preprocessing.planes(of: try bytes.decoded(image)) }
    let side = preprocessing.size
    let features = withoutGradients {
      model.frozenPrefix(Tensor(planes, shape: [batch.count, 3, side, side]))
    }
    let bytes = features.converted(to: .float16).contiguous().bytes()
    let size = bytes.count / batch.count
    return (0..<batch.count).map { Array(bytes[$0 * size..<($0 + 1) * size]) }
  }
}

extension CLIPPreprocessing {
  /// The preprocessing with its version, as features and shards name it.
  var name: String { "clip-\(mode.rawValue)-\(size)-v\(Self.version)" }
}
