public import Documents
internal import ImageDecoding
internal import Kosmos
public import Pipelines
internal import Provenance
internal import Sharding
internal import Storage
internal import Synchronization
internal import Tensors

/// Passes each image that the corpora show once through the frozen part of the vision encoder.
///
/// A partition is a number of images in the order of their digests. What an earlier run of the same
/// directory or another one of the same ``EncoderConfiguration/cache`` has encoded is taken over: the
/// features of an image are the same bits whatever is encoded beside it, and for any number of workers.
public struct EncodeStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .encode }

  /// Plans one partition for each ``EncoderConfiguration/imagesPerPart`` distinct images.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let shown = try ShownImages(run)
    if shown.planned.isEmpty { return [] }
    let configuration = run.configuration.encoder
    let file = try VisionEncoderFile(run)
    let size = configuration.imagesPerPart
    let shared = try SharedEncoding(run, file)
    return try stride(from: 0, to: shown.planned.count, by: size).enumerated().map { index, start in
      let planned = shown.planned[start..<min(start + size, shown.planned.count)]
      let images = Array(shown.images(among: planned))
      let key = try PartitionKey().reading(file.digest).reading(planned)
        .with("batchSize", configuration.batchSize).with("features", configuration.features)
        .with("precision", configuration.precision).with("preprocessing", file.preprocessing)
      return Partition(index: index, key: key, work: Int64(images.count)) { writer in
        try PartEncoding(
          shared: shared, images: images, bytes: shown.bytesReader(), writer: writer
        ).perform(part: index)
      }
    }
  }
}

extension EncodeStage {
  /// Planning reads which images each part of the corpora shows.
  public func planReads(_ run: RunContext) throws -> [String] {
    try run.manifests(of: .curate).map { RunDirectory.shownImages($0.partition) }
  }
}

/// The encoding of a part's images.
private struct PartEncoding {
  private let shared: SharedEncoding
  private let images: [ResolvedImage]
  private let source: ImageSource
  private let writer: PartitionWriter

  init(
    shared: SharedEncoding, images: [ResolvedImage], bytes: ImageBytesReader,
    writer: PartitionWriter
  ) {
    self.shared = shared
    self.images = images
    source = ImageSource(bytes)
    self.writer = writer
  }

  func perform(part: Int) throws -> StageCounts {
    setThreads(1)
    keepFreedMemory()
    let prepared = try shared.prepare()
    let cache = prepared.cache
    let missing = images.indices.filter { !cache.contains(images[$0].digest) }
    let output = try FeaturePartWriter(
      path: writer.output(RunDirectory.features(part)), images: images.map(\.digest),
      origin: cache.origin)
    let pack = try cache.pack(missing.map { images[$0].digest })
    var next = 0
    var magnitudes: [Int] = []
    func takeOver(upTo end: Int) throws {
      while next < end, let features = cache.features(of: images[next].digest) {
        try output.add(features)
        magnitudes.append(shared.layout.magnitude(features))
        writer.advance(by: 1)
        next += 1
      }
    }
    try encode(missing, batch: prepared.batchSize) { index, features in
      try takeOver(upTo: index)
      let bytes = try stored(features, of: images[index])
      try output.add(bytes)
      magnitudes.append(shared.layout.magnitude(bytes))
      try pack?.add(bytes)
      writer.advance(by: 1)
      next += 1
    }
    try takeOver(upTo: images.count)
    try pack?.commit()
    try output.commit()
    try writer.record(.histogram(.init(metric: .featureMagnitude, values: magnitudes)))
    writer.reuse(images.count - missing.count)
    var counts = StageCounts()
    counts[.distinctImage].keep(images.count)
    return counts
  }

  private func encode(
    _ missing: [Int], batch: Int, _ body: (Int, [Float]) throws -> Void
  ) throws {
    if missing.isEmpty { return }
    let encoding = try ImageEncoding(
      path: shared.file.path, precision: shared.configuration.precision, batchSize: batch)
    let (images, source) = (images, source)
    source.expect(missing.map { images[$0] })
    try encoding.encode(count: missing.count, image: { try source.decoded(images[missing[$0]]) }) {
      try writer.checkInterruption()
      try body(missing[$0], $1)
    }
  }

  private func stored(_ features: [Float], of image: ResolvedImage) throws -> [UInt8] {
    let layout = shared.layout
    if let bytes = layout.stored(features) { return bytes }
    let isTooLarge = layout.storage != .float32 && features.allSatisfy(\.isFinite)
    throw RunError(
      .damaged,
      "the features that '\(shared.file.path)' gives of image \(image.digest) "
        + (isTooLarge
          ? "are too large for \(layout.storage.rawValue); set encoder.features to float32"
          : "are not all finite; name other weights in encoder.weights"))
  }
}

/// The images of a part for whichever thread asks.
private final class ImageSource: Sendable {
  private let bytes: Mutex<ImageBytesReader>

  init(_ bytes: ImageBytesReader) { self.bytes = Mutex(bytes) }

  func expect(_ images: [ResolvedImage]) { bytes.withLock { $0.expect(images) } }

  func decoded(_ image: ResolvedImage) throws -> DecodedImage {
    try bytes.withLock { try $0.decoded(image) }
  }
}
