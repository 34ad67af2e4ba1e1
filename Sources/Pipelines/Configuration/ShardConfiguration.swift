/// How sequences are packed into shards.
public struct ShardConfiguration: Hashable, Sendable, Codable {
  /// The longest sequence in tokens; KOSMOS-1 has 2,048 (§3.2).
  public var maximumLength = 2048
  /// The size in bytes at which a shard is ended.
  public var shardBytes = 256 << 20
  /// The share of documents, by hash of their identity, that is held out for validation.
  public var validationFraction = 0.01

  /// Makes a configuration of defaults.
  public init() {}
}
