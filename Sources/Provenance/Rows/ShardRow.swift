public import Documents
internal import GRDB

/// A packed shard.
public struct ShardRow: Hashable, Sendable, Codable {
  /// What a shard is for.
  public enum Split: String, Hashable, Sendable, Codable, CaseIterable {
    /// For training.
    case train
    /// Held out to measure the loss on.
    case validation
  }

  /// The corpus the shard is of.
  public var corpus: Corpus
  /// The shard's number among those of its corpus.
  public var shard: Int
  /// What the shard is for.
  public var split: Split
  /// The path relative to the run directory.
  public var path: String
  /// The size in bytes.
  public var bytes: Int64
  /// The SHA-256 of the file.
  public var digest: Digest
  /// How many sequences it holds.
  public var sequences: Int
  /// How many tokens it holds.
  public var tokens: Int
  /// How many image slots its sequences have.
  public var images: Int
  /// The most tokens of a sequence, which is counted with and not kept.
  public var maximumLength: Int?

  /// Makes a row from its parts.
  public init(
    corpus: Corpus, shard: Int, split: Split, path: String, bytes: Int64, digest: Digest,
    sequences: Int, tokens: Int, images: Int, maximumLength: Int? = nil
  ) {
    self.corpus = corpus
    self.shard = shard
    self.split = split
    self.path = path
    self.bytes = bytes
    self.digest = digest
    self.sequences = sequences
    self.tokens = tokens
    self.images = images
    self.maximumLength = maximumLength
  }
}

extension ShardRow: KeyedRow {
  static let table = "shards"
  static let columns = [
    "key", "part", "corpus", "shard", "split", "path", "bytes", "digest", "sequences", "tokens",
    "images",
  ]

  func values(part: Int64) -> [(any DatabaseValueConvertible)?] {
    [
      Self.key(corpus, shard), part, corpus.rawValue, shard, split.rawValue, path, bytes,
      digest.column, sequences, tokens, images,
    ]
  }

  init(row: Row) throws {
    self.init(
      corpus: try Corpus(column: row["corpus"]), shard: row["shard"],
      split: try Split(column: row["split"]), path: row["path"], bytes: row["bytes"],
      digest: try Digest(column: row["digest"]), sequences: row["sequences"],
      tokens: row["tokens"], images: row["images"])
  }

  /// The key of a shard: the corpus above the shard's number, so that it depends on nothing else.
  static func key(_ corpus: Corpus, _ shard: Int) -> Int64 {
    let place: Int64 =
      switch corpus {
      case .interleaved: 1
      case .pairs: 2
      case .text: 3
      case .instructions: 4
      }
    return place << 32 | Int64(shard)
  }
}
