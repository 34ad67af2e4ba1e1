public import Documents
internal import Safetensors

/// Gathers packed sequences and writes them as a ``Shard``, each distinct image's features once.
public struct ShardWriter: Sendable {
  /// What the shard is made of.
  public let description: ShardDescription
  /// How much was gathered.
  public private(set) var counts = ShardCounts()

  private var tokens: [Int32] = []
  private var lossMask: [UInt8] = []
  private var sequenceOffsets: [Int64] = [0]
  private var imagePositions: [Int64] = []
  private var imageRows: [Int32] = []
  private var images: [Digest] = []
  private var rows: [Digest: Int32] = [:]
  private var segmentStarts: [Int64] = []
  private var segmentOffsets: [Int64] = []
  private var segmentDocuments: [UInt8] = []

  /// Begins a shard.
  public init(_ description: ShardDescription) { self.description = description }

  /// The bytes of data that the shard would have, its header not counted.
  public var byteCount: Int {
    tokens.count * 5 + sequenceOffsets.count * 8 + imagePositions.count * 12
      + segmentStarts.count * (16 + DocumentID.byteCount)
      + images.count * (description.featureByteCount + Digest.byteCount)
  }

  /// Adds a sequence.
  ///
  /// - Precondition: It is no longer than the maximum length.
  public mutating func add(_ sequence: PackedSequence) {
    precondition(
      sequence.tokens.count <= description.maximumLength, "a sequence within the maximum length")
    let start = Int64(tokens.count)
    tokens += sequence.tokens
    lossMask += sequence.lossMask
    sequenceOffsets.append(Int64(tokens.count))
    for image in sequence.images {
      imagePositions.append(start + Int64(image.position))
      imageRows.append(row(of: image.digest))
    }
    for segment in sequence.segments {
      segmentStarts.append(start + Int64(segment.start))
      segmentOffsets.append(Int64(segment.offset))
      segmentDocuments += segment.document.bytes
      if segment.offset == 0 { counts.documents += 1 }
    }
    counts.sequences += 1
    counts.tokens = tokens.count
    counts.targets += sequence.lossMask.reduce(0) { $0 + Int($1) }
    counts.images = images.count
    counts.slots = imagePositions.count
    counts.segments = segmentStarts.count
  }

  /// Writes the shard, whole or not at all.
  ///
  /// - Parameter features: Gives the encoder's output of an image of a digest, laid out as
  ///   ``ShardDescription/featureLayout`` says; asked twice where there are scales.
  /// - Throws: What `features` throws, ``ShardingError`` where it gives another number of bytes, and
  ///   `StorageError` where the file cannot be written.
  public func write(to path: String, features: (Digest) throws -> [UInt8]) throws {
    let writer = try SafetensorsWriter(
      path: path, tensors: tensors, metadata: description.metadata(counts))
    try writer.write(sequenceOffsets, to: "sequenceOffsets")
    try writer.write(imagePositions, to: "imagePositions")
    try writer.write(segmentStarts, to: "segmentStarts")
    try writer.write(segmentOffsets, to: "segmentOffsets")
    try writer.write(tokens, to: "tokens")
    try writer.write(imageRows, to: "imageRows")
    let layout = description.featureLayout
    if layout.scalesPerToken > 0 {
      for image in images {
        let bytes = try checked(features(image), of: image, path)
        try writer.write(
          bytes: Array(bytes[layout.valueByteCount...]), to: FeatureTable.scalesName)
      }
    }
    for image in images {
      let bytes = try checked(features(image), of: image, path)
      try writer.write(
        bytes: Array(bytes[..<layout.valueByteCount]), to: FeatureTable.valuesName)
    }
    try writer.write(lossMask, to: "lossMask")
    try writer.write(segmentDocuments, to: "segmentDocuments")
    for image in images { try writer.write(image.bytes, to: "imageDigests") }
    try writer.commit()
  }

  private func checked(
    _ bytes: [UInt8], of image: Digest, _ path: String
  ) throws(ShardingError) -> [UInt8] {
    let layout = description.featureLayout
    guard bytes.count == layout.byteCount else {
      throw ShardingError(
        .mismatch, path: path,
        "the features of image \(image) have \(bytes.count) bytes where"
          + " \(layout.tokens) x \(layout.width) \(layout.storage.rawValue) need"
          + " \(layout.byteCount); encode the images again with this encoder")
    }
    return bytes
  }

  /// The tensors by descending element size, so that each is aligned for its type.
  private var tensors: [TensorDescription] {
    [
      TensorDescription("sequenceOffsets", .int64, [counts.sequences + 1]),
      TensorDescription("imagePositions", .int64, [counts.slots]),
      TensorDescription("segmentStarts", .int64, [counts.segments]),
      TensorDescription("segmentOffsets", .int64, [counts.segments]),
      TensorDescription("tokens", .int32, [counts.tokens]),
      TensorDescription("imageRows", .int32, [counts.slots]),
    ] + FeatureTable.tensors(description.featureLayout, count: counts.images).reversed() + [
      TensorDescription("lossMask", .uint8, [counts.tokens]),
      TensorDescription("segmentDocuments", .uint8, [counts.segments, DocumentID.byteCount]),
      TensorDescription("imageDigests", .uint8, [counts.images, Digest.byteCount]),
    ]
  }

  private mutating func row(of image: Digest) -> Int32 {
    if let row = rows[image] { return row }
    let row = Int32(images.count)
    rows[image] = row
    images.append(image)
    return row
  }
}
