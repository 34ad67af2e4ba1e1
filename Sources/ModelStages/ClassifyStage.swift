internal import Compression
public import Documents
internal import Hashing
internal import ImageClassification
internal import ImageDecoding
public import Pipelines
internal import Storage
internal import Tensors

/// Scores how likely images are unsafe, where the pipeline names a classifier.
///
/// A partition is a part of the images stage; each of its distinct images is scored once. Each part is
/// worked on by one thread in batches of a fixed size, so that the scores are the same for any number of
/// workers.
public struct ClassifyStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .classify }

  /// Plans one partition for each part of the images stage; none without a classifier.
  ///
  /// - Throws: `ConfigurationError` and `ParameterError` where the weights are missing or others.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let configuration = run.configuration.images.classifier
    guard let weights = configuration.weights else { return [] }
    guard FileSystem.isFile(weights) else {
      throw ConfigurationError(
        file: "pipeline", key: "images.classifier.weights",
        message: "there is no file '\(weights)'; scripts/convert-open-nsfw makes it")
    }
    // Before the first part begins, so that a wrong file is told at once.
    _ = try OpenNSFW.load(path: weights)
    let digest = try Digest(ofFile: weights)
    return try run.manifests(of: .images).map { manifest in
      let part = manifest.partition
      let key = try PartitionKey().reading(manifest.outputs.map(\.digest)).reading(digest)
        .with("batchSize", configuration.batchSize)
        .with("preprocessing", "open-nsfw-v\(OpenNSFWPreprocessing.version)")
      return Partition(
        index: part, key: key, work: Int64(manifest.counts[.imageResponse].kept),
        reads: [RunDirectory.images(part)]
      ) { writer in
        let images = try CheckedImages(run, part: part)
        writer.advance(by: Int64(manifest.counts[.imageResponse].kept - images.images.count))
        var classification = try PartClassification(
          weights: weights, bytes: images.bytesReader(), writer: writer)
        return try classification.perform(
          images.images, batch: configuration.batchSize, part: part)
      }
    }
  }
}

/// The classification of a part's images.
private struct PartClassification {
  private let network: OpenNSFW
  private var bytes: ImageBytesReader
  private let writer: PartitionWriter

  init(weights: String, bytes: ImageBytesReader, writer: PartitionWriter) throws {
    setThreads(1)
    network = try OpenNSFW.load(path: weights)
    self.bytes = bytes
    self.writer = writer
  }

  mutating func perform(
    _ images: [ResolvedImage], batch size: Int, part: Int
  ) throws -> StageCounts {
    var output = try JSONLinesWriter(path: writer.output(RunDirectory.imageScores(part)))
    bytes.expect(images)
    for start in stride(from: 0, to: images.count, by: size) {
      try writer.checkInterruption()
      let batch = images[start..<min(start + size, images.count)]
      for (image, score) in zip(batch, try scores(of: batch)) {
        try output.write(ImageScore(digest: image.digest, score: score))
      }
      writer.advance(by: Int64(batch.count))
    }
    try output.commit()
    var counts = StageCounts()
    counts[.distinctImage].keep(images.count)
    return counts
  }

  private mutating func scores(of batch: ArraySlice<ResolvedImage>) throws -> [Float] {
    var planes: [Float] = []
    for image in batch { planes += OpenNSFWPreprocessing.planes(of: try bytes.decoded(image)) }
    let side = OpenNSFWPreprocessing.size
    return withoutGradients {
      network.unsafeScores(Tensor(planes, shape: [batch.count, 3, side, side]))
    }
  }
}
