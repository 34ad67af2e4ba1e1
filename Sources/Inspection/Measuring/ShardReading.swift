public import Documents
internal import Sharding
internal import Storage

/// How fast a run's shards are read in shuffled order, as training reads them.
///
/// All train sequences of each corpus are gone through so many times, each time in another order
/// (`SequenceOrder`), by readers in the background (`Prefetch`) that lay out the arrays of which the trainer
/// makes its tensors (`PaddedBatch`), and every number is added up.
public struct ShardReading: Hashable, Sendable, Codable {
  /// The sequences that were read.
  public private(set) var sequences = 0
  /// Their tokens.
  public private(set) var tokens = 0
  /// Their images.
  public private(set) var images = 0
  /// The bytes of tokens, loss mask and features in the shards.
  public private(set) var bytes = 0
  /// The sum of all token ids, of the loss mask and of the features' bytes as words of 16 bits: the same for every
  /// reader of the same data, and a proof that all was read.
  public private(set) var sum: UInt64 = 0
  /// The time in seconds, opening the shards included.
  public private(set) var seconds = 0.0

  /// How many sequences are laid out together.
  static let batch = 16
  /// The most batches that wait to be taken.
  private static let depth = 16

  /// Reads the shards of a run.
  ///
  /// - Parameters:
  ///   - run: The run directory.
  ///   - epochs: How often.
  ///   - readers: The threads that read.
  /// - Throws: ``InspectionError`` where the run has no shards; `ShardingError` where one is damaged.
  public init(of run: RunDirectory, epochs: Int, readers: Int) throws {
    let start = ContinuousClock.now
    let sets = try Corpus.allCases.compactMap { corpus in
      try Self.open(run.path(RunDirectory.shards(corpus)))
    }
    if sets.isEmpty {
      throw InspectionError(
        .notFound, "'\(run.root)' has no shards; make some with `weft shard PIPELINE`")
    }
    for set in sets where set.count > 0 {
      let source = EpochSource(set: set, epochs: epochs)
      try Prefetch.reading(source, depth: max(Self.depth, readers), readers: readers) { parts in
        while let part = try parts.next() { add(part) }
      }
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  fileprivate init() {}

  /// Adds a batch's sequences, what they were laid out as, and the sums of both.
  fileprivate mutating func add(
    _ read: [(sequence: ShardSequence, shard: Shard)], _ batch: PaddedBatch
  ) {
    for (sequence, shard) in read {
      sequences += 1
      tokens += sequence.tokens.count
      images += sequence.images.count
      bytes += sequence.tokens.count * 5
      bytes += sequence.images.count * shard.description.featureByteCount
      sum &+= sequence.tokens.reduce(0) { $0 &+ UInt64($1) }
      sum &+= sequence.lossMask.reduce(0) { $0 &+ UInt64($1) }
    }
    sum &+= Self.words(batch.features.values) &+ Self.words(batch.features.scales)
  }

  /// The sum of bytes taken as little-endian words of 16 bits.
  private static func words(_ bytes: [UInt8]) -> UInt64 {
    stride(from: 0, to: bytes.count - 1, by: 2).reduce(0) {
      $0 &+ UInt64(bytes[$1]) &+ UInt64(bytes[$1 + 1]) << 8
    }
  }

  private mutating func add(_ other: ShardReading) {
    sequences += other.sequences
    tokens += other.tokens
    images += other.images
    bytes += other.bytes
    sum &+= other.sum
  }

  /// The train shards of a corpus; `nil` where it has no index.
  private static func open(_ directory: String) throws -> ShardSet? {
    guard FileSystem.isFile("\(directory)/\(ShardIndex.fileName)") else { return nil }
    return try ShardSet(directory: directory, split: .train)
  }
}

/// The sequences of a set, epoch after epoch, in batches.
private struct EpochSource: PrefetchSource {
  let set: ShardSet
  let epochs: Int
  let order: SequenceOrder
  var place = 0

  init(set: ShardSet, epochs: Int) {
    self.set = set
    self.epochs = epochs
    order = SequenceOrder(count: set.count, seed: 1)
  }

  mutating func next() -> Range<Int>? {
    let end = min(place + ShardReading.batch, epochs * set.count)
    if place == end { return nil }
    defer { place = end }
    return place..<end
  }

  func make(_ places: Range<Int>) throws -> ShardReading {
    let read = try places.map { try set.sequence(at: order.sequence(at: $0)) }
    var part = ShardReading()
    part.add(read, try PaddedBatch(read))
    return part
  }
}
