internal import Documents
internal import Hashing
internal import Storage

/// What taking something out of a shard made of it.
public struct RewrittenShard: Sendable {
  /// What became of a sequence that is still there.
  public struct Sequence: Sendable {
    /// Its number in the new shard.
    public var number: Int
    /// Its runs of tokens.
    public var segments: [Segment]
    /// How many tokens it has.
    public var tokens: Int
  }

  /// The new shard; `nil` where no sequence is left, so that there is none.
  public var entry: ShardIndex.Entry?
  /// The sequences that are still there, by their number in the old shard.
  public var sequences: [Int: Sequence] = [:]
  /// How many sequences lost tokens.
  public var cut = 0
  /// How many sequences went.
  public var removed = 0
  /// How many tokens went, `<s>` not counted.
  public var tokens = 0
}

extension ShardExcision {
  /// Writes a shard without what goes.
  ///
  /// - Parameters:
  ///   - name: The name of the shard's file, which the new one has too.
  ///   - directory: Where the new shard is written; `nil` only counts what goes.
  /// - Returns: What became of it; `nil` where it holds nothing of what goes and nothing was written.
  /// - Throws: ``ShardingError`` where the shard is damaged, `StorageError` where the new one cannot be
  ///   written.
  public func rewrite(
    _ shard: Shard, named name: String, into directory: String?
  ) throws -> RewrittenShard? {
    var result = RewrittenShard()
    var writer = ShardWriter(shard.description)
    for index in 0..<shard.count {
      let old = try shard.sequence(at: index)
      switch apply(to: old, of: shard) {
      case .emptied:
        result.removed += 1
        result.tokens += old.tokens.count - 1
      case .cut(let sequence):
        result.cut += 1
        result.tokens += old.tokens.count - sequence.tokens.count
        add(sequence, from: index, to: &writer, &result)
      case .untouched(let sequence): add(sequence, from: index, to: &writer, &result)
      }
    }
    if result.cut + result.removed == 0 { return nil }
    guard let directory, writer.counts.sequences > 0 else { return result }
    var rows: [Digest: Int] = [:]
    for row in 0..<shard.counts.images { rows[shard.imageDigest(row: row)] = row }
    try writer.write(to: "\(directory)/\(name)") { image in
      guard let row = rows[image] else { preconditionFailure("an image of the old shard") }
      return shard.featureBytes(row: row)
    }
    result.entry = try ShardIndex.Entry(file: name, in: directory)
    return result
  }

  private func add(
    _ sequence: PackedSequence, from index: Int, to writer: inout ShardWriter,
    _ result: inout RewrittenShard
  ) {
    result.sequences[index] = .init(
      number: writer.counts.sequences, segments: sequence.segments, tokens: sequence.tokens.count)
    writer.add(sequence)
  }
}
