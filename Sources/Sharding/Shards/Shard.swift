public import Documents
internal import Safetensors

/// A file of packed sequences with their images' features, memory-mapped.
///
/// The format is a safetensors file; its tensors are described in `docs/formats.md`. Opening a shard
/// checks its header and all its offsets, so that a sequence can be read without another bound to
/// check; ``verify()`` reads everything.
public final class Shard: Sendable {
  /// The name of the format.
  public static let format = "weft-shard"
  /// The version of the format.
  ///
  /// Version 1 had features of F16 only and did not name their storage; it is still read.
  public static let version = 2

  /// What the shard was made of.
  public let description: ShardDescription
  /// How much is in it.
  public let counts: ShardCounts

  let file: SafetensorsFile
  let tokens: TensorView
  let lossMask: TensorView
  let sequences: RaggedOffsets
  let slots: ImageSlots
  let features: FeatureTable
  private let segments: SegmentTable
  private let imageDigests: TensorView

  /// Opens a shard and checks it.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no shard, is of another version, or
  ///   contradicts itself.
  public init(path: String) throws(ShardingError) {
    let file = try SafetensorsFile.open(path)
    let header = try FormatHeader(file, format: Self.format, versions: 1...Self.version)
    let description = try ShardDescription(header)
    let counts = try ShardCounts(header)
    (tokens, lossMask, imageDigests) = try file.checked {
      (file) throws(SafetensorsError) in
      (
        try file.tensor(named: "tokens", .int32, shape: [counts.tokens]),
        try file.tensor(named: "lossMask", .uint8, shape: [counts.tokens]),
        try file.tensor(
          named: "imageDigests", .uint8, shape: [counts.images, Digest.byteCount])
      )
    }
    features = try FeatureTable(
      file, description.featureStorage, count: counts.images, tokens: description.featureTokens,
      width: description.featureWidth)
    sequences = try RaggedOffsets(
      file, "sequenceOffsets", rows: counts.sequences, elements: counts.tokens)
    slots = try ImageSlots(file, description, counts)
    segments = try SegmentTable(file, counts)
    self.file = file
    self.description = description
    self.counts = counts
    try checkSequences()
  }

  /// The path the shard was opened by.
  public var path: String { file.path }
  /// The size of the file in bytes.
  public var byteCount: Int { file.byteCount }
  /// The number of sequences.
  public var count: Int { counts.sequences }

  /// Token ids as they stand one after the other, sequence after sequence.
  ///
  /// - Precondition: The range is one of ``counts``' tokens.
  /// - Throws: ``ShardingError`` where they cannot be read.
  public func tokenIDs(in range: Range<Int>) throws(ShardingError) -> [Int32] {
    try file.checked { (_) throws(SafetensorsError) in
      try tokens.values(as: Int32.self, in: range)
    }
  }

  /// The number of tokens of a sequence.
  public func tokenCount(ofSequence index: Int) -> Int { sequences[index].count }

  /// Reads a sequence.
  ///
  /// - Precondition: The index is below ``count``.
  /// - Throws: ``ShardingError`` where a token is outside the vocabulary.
  public func sequence(at index: Int) throws(ShardingError) -> ShardSequence {
    precondition((0..<count).contains(index), "a sequence of the shard")
    let range = sequences[index]
    let (ids, mask) = try file.checked { (_) throws(SafetensorsError) in
      (
        try tokens.values(as: Int32.self, in: range),
        try lossMask.values(as: UInt8.self, in: range)
      )
    }
    let limit = Int32(description.vocabularySize)
    guard ids.allSatisfy({ $0 >= 0 && $0 < limit }) else {
      throw ShardingError(
        .damaged, path: path,
        "sequence \(index) has a token outside the vocabulary of \(limit); make the shard again")
    }
    return ShardSequence(
      tokens: ids, lossMask: mask, images: slots.images(in: range),
      segments: segments.segments(in: range))
  }

  /// The digest of the image of a row.
  ///
  /// - Precondition: The row is below the number of images.
  public func imageDigest(row: Int) -> Digest {
    let start = row * Digest.byteCount
    guard let digest = Digest(bytes: imageDigests.rawBytes(in: start..<start + Digest.byteCount))
    else { preconditionFailure("a digest has 32 bytes") }
    return digest
  }

  /// Copies the features of an image, laid out as ``ShardDescription/featureLayout`` says.
  ///
  /// - Precondition: The row is below the number of images.
  public func featureBytes(row: Int) -> [UInt8] { features.bytes(row: row) }

  private func checkSequences() throws(ShardingError) {
    for index in 0..<count {
      let range = sequences[index]
      let isSound = (1...description.maximumLength).contains(range.count)
      guard isSound, segments.covers(range), slots.lie(within: range) else {
        throw ShardingError(
          .damaged, path: path,
          "sequence \(index) of \(range.count) tokens is empty, longer than"
            + " \(description.maximumLength), or has an image or a segment out of place;"
            + " make the shard again")
      }
    }
  }
}
