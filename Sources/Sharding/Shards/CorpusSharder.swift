public import Documents
public import Tokenization

/// Packs the tokenized parts of a corpus, or a range of its documents, into shards.
///
/// The shards' bytes are a function of the parts, the settings, the features and the range: documents
/// are split and ordered by hash (``DocumentOrder``), packed one after the other, and a shard ends after
/// the sequence that brings it to its size.
public struct CorpusSharder {
  /// What the shards are made of; the split is set for each.
  public var description: ShardDescription
  /// The token ids.
  public var vocabulary: Vocabulary
  /// The seed of the split and of the order of documents.
  public var seed: UInt64
  /// The share of documents that is held out.
  public var validationFraction: Double
  /// The documents that are packed.
  public var range = DocumentRange.whole
  /// The size in bytes at which a shard is ended.
  public var shardByteCount = 256 << 20
  /// Called after each shard is written.
  public var onShard: (ShardIndex.Entry) throws -> Void = { _ in }

  /// Makes a sharder from its settings.
  public init(
    _ description: ShardDescription, vocabulary: Vocabulary, seed: UInt64,
    validationFraction: Double
  ) {
    precondition(
      vocabulary.size == description.vocabularySize, "a description of this vocabulary's tokens")
    self.description = description
    self.vocabulary = vocabulary
    self.seed = seed
    self.validationFraction = validationFraction
  }

  /// Writes the shards of both splits and their index into a directory.
  ///
  /// - Parameter features: Gives the encoder's output of an image; see ``ShardWriter``.
  /// - Returns: The index, and how many tokens of documents were kept and dropped.
  /// - Throws: ``ShardingError`` where a part is damaged or made otherwise than the settings say,
  ///   what `features` throws, and `StorageError` where a file cannot be written.
  public func write(
    _ parts: [TokenizedPart], to directory: String, features: (Digest) throws -> [UInt8]
  ) throws -> (index: ShardIndex, tokens: Tally) {
    let result = try pack(parts, to: directory, features: features)
    try result.index.write(to: directory)
    return result
  }

  /// Writes the shards of both splits into a directory and no index, which ranges have in common.
  ///
  /// - Parameter features: Gives the encoder's output of an image; see ``ShardWriter``.
  /// - Returns: The range's part of the index, and how many tokens of documents were kept and dropped.
  /// - Throws: As ``write(_:to:features:)``, and ``ShardingError`` where the range has more shards than
  ///   ``ShardIndex/shardsPerRange``.
  public func pack(
    _ parts: [TokenizedPart], to directory: String, features: (Digest) throws -> [UInt8]
  ) throws -> (index: ShardIndex, tokens: Tally) {
    for part in parts
    where part.tokenizer != description.tokenizer
      || part.corpus != description.corpus
    {
      throw ShardingError(
        .mismatch, path: part.path,
        "it is of the corpus '\(part.corpus.rawValue)' and the tokenizer \(part.tokenizer), not"
          + " '\(description.corpus.rawValue)' and \(description.tokenizer); tokenize it again")
    }
    var index = ShardIndex(corpus: description.corpus, shards: [])
    var tally = Tally()
    for split in Split.allCases {
      var run = SplitRun(sharder: self, split: split, directory: directory)
      try run.pack(parts, into: &index, features: features)
      tally.add(run.packer.tokens)
    }
    return (index, tally)
  }
}

/// The packing of one split's documents.
private struct SplitRun {
  let sharder: CorpusSharder
  let order: Split
  let directory: String
  var packer: Packer
  var writer: ShardWriter

  init(sharder: CorpusSharder, split: Split, directory: String) {
    var description = sharder.description
    description.split = split
    self.sharder = sharder
    self.directory = directory
    order = split
    packer = Packer(
      corpus: description.corpus, vocabulary: sharder.vocabulary,
      maximumLength: description.maximumLength, latents: description.latents)
    writer = ShardWriter(description)
  }

  mutating func pack(
    _ parts: [TokenizedPart], into index: inout ShardIndex, features: (Digest) throws -> [UInt8]
  ) throws {
    let documents = DocumentOrder(
      of: parts, range: sharder.range, split: order, seed: sharder.seed,
      validationFraction: sharder.validationFraction)
    for place in documents.places {
      let document = try parts[place.part].document(at: place.index)
      for sequence in packer.add(document) { try add(sequence, &index, features) }
    }
    if let rest = packer.finish() { try add(rest, &index, features) }
    if writer.counts.sequences > 0 { try end(&index, features) }
  }

  private mutating func add(
    _ sequence: PackedSequence, _ index: inout ShardIndex, _ features: (Digest) throws -> [UInt8]
  ) throws {
    writer.add(sequence)
    if writer.byteCount >= sharder.shardByteCount { try end(&index, features) }
  }

  private mutating func end(
    _ index: inout ShardIndex, _ features: (Digest) throws -> [UInt8]
  ) throws {
    let number = index.shards.count
    guard number < ShardIndex.shardsPerRange else {
      throw ShardingError(
        .mismatch, path: directory,
        "range \(sharder.range.index) of the corpus '\(index.corpus.rawValue)' has more than"
          + " \(ShardIndex.shardsPerRange) shards of \(sharder.shardByteCount) bytes; set"
          + " 'shard.shardBytes' higher")
    }
    let name = ShardIndex.shardName(sharder.range.index * ShardIndex.shardsPerRange + number)
    try writer.write(to: "\(directory)/\(name)", features: features)
    let entry = try ShardIndex.Entry(file: name, in: directory)
    index.shards.append(entry)
    writer = ShardWriter(writer.description)
    try sharder.onShard(entry)
  }
}
