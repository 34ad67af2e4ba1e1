public import Documents

/// The sequences of one corpus and split over all their shards, by one number each.
public final class ShardSet: Sendable {
  /// The index of the shards.
  public let index: ShardIndex
  /// The split.
  public let split: Split
  /// The shards of the split, in the index's order.
  public let shards: [Shard]
  /// The counts of all shards of the split.
  public let counts: ShardCounts

  /// The number of the first sequence of each shard, and the number of all.
  private let starts: [Int]

  /// Opens the shards of a split and checks them against their index and one another.
  ///
  /// - Throws: ``ShardingError`` where the index or a shard cannot be read, a shard is not the one
  ///   that was indexed, or two differ in what they were made of.
  public init(directory: String, split: Split) throws(ShardingError) {
    let index = try ShardIndex(directory: directory)
    var shards: [Shard] = []
    var starts = [0]
    for entry in index.shards where entry.split == split {
      let shard = try Shard(path: "\(directory)/\(entry.file)")
      guard shard.counts == entry.counts, Int64(shard.byteCount) == entry.bytes,
        shard.description.split == split, shard.description.corpus == index.corpus
      else {
        throw ShardingError(
          .mismatch, path: shard.path,
          "it is not the shard that '\(ShardIndex.fileName)' describes; make the shards again")
      }
      if let first = shards.first, first.description != shard.description {
        throw ShardingError(
          .mismatch, path: shard.path,
          "it was made with other settings than '\(first.path)'; make the shards again")
      }
      starts.append(starts[starts.count - 1] + shard.count)
      shards.append(shard)
    }
    self.index = index
    self.split = split
    self.shards = shards
    self.starts = starts
    counts = index.counts(split)
  }

  /// The number of sequences.
  public var count: Int { starts[starts.count - 1] }

  /// What the shards were made of; `nil` where the split has none.
  public var description: ShardDescription? { shards.first?.description }

  /// Where a sequence stands: its shard's index in ``shards`` and its own index there.
  ///
  /// - Precondition: The number is below ``count``.
  /// - Complexity: O(log n) in the number of shards.
  public func place(of sequence: Int) -> (shard: Int, sequence: Int) {
    precondition((0..<count).contains(sequence), "a sequence of the set")
    var low = 0
    var high = shards.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= sequence { low = middle } else { high = middle }
    }
    return (low, sequence - starts[low])
  }

  /// Reads a sequence and says in which shard its images' features are.
  ///
  /// - Precondition: The number is below ``count``.
  /// - Throws: ``ShardingError`` where the sequence is damaged.
  public func sequence(at number: Int) throws(ShardingError) -> (
    sequence: ShardSequence, shard: Shard
  ) {
    let place = place(of: number)
    let shard = shards[place.shard]
    return (try shard.sequence(at: place.sequence), shard)
  }

  /// Checks that the shards were made with what is used now; what is `nil` is not checked.
  ///
  /// - Throws: ``ShardingError`` naming what differs.
  public func require(
    tokenizer: Digest? = nil, encoder: Digest? = nil, preprocessing: String? = nil
  ) throws(ShardingError) {
    guard let shard = shards.first else { return }
    func check<Value: Equatable>(
      _ what: String, _ made: Value, _ used: Value?
    ) throws(ShardingError) {
      guard let used, used != made else { return }
      throw ShardingError(
        .mismatch, path: shard.path,
        "it was made with \(what) \(made), but \(used) is used now; use that one, or make the"
          + " shards again")
    }
    try check("the tokenizer", shard.description.tokenizer, tokenizer)
    try check("the encoder", shard.description.encoder, encoder)
    try check("the preprocessing", shard.description.preprocessing, preprocessing)
  }
}
