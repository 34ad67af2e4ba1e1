public import Documents
internal import Hashing
public import Sharding

/// The shards of a run: the corpora of its mixture, what is trained on and what is held out.
public struct TrainingData: Sendable {
  /// The sequences that are trained on; `nil` for a corpus outside the mixture.
  public let train: PerCorpus<ShardSet?>
  /// The sequences that are held out; `nil` where a corpus has none.
  public let validation: PerCorpus<ShardSet?>
  /// What all shards have in common.
  public let description: ShardDescription
  /// A digest of all shards' digests: it tells whether a run goes on with the data it began with.
  public let digest: Digest

  /// Opens the shards of a mixture's corpora and checks that they belong together.
  ///
  /// - Parameters:
  ///   - directories: The directory of each corpus's shards.
  ///   - corpora: The corpora that are read; the others are not opened.
  /// - Throws: ``TrainingError`` where a corpus has no sequences to train on or two corpora were made
  ///   with different tokenizers, encoders or settings; `ShardingError` where a shard is damaged.
  public init(directories: PerCorpus<String>, corpora: [Corpus]) throws {
    let open = { (split: Split) in
      try PerCorpus { corpus in
        try corpora.contains(corpus)
          ? ShardSet(directory: directories[corpus], split: split) : nil
      }
    }
    train = try open(.train)
    validation = try open(.validation).map { $0?.count == 0 ? nil : $0 }
    for corpus in corpora where train[corpus]?.count == 0 {
      throw TrainingError(
        .noShards,
        "the mixture asks for the corpus '\(corpus.rawValue)', but its shards in"
          + " '\(directories[corpus])' hold nothing to train on; make some, or set"
          + " 'mixture.\(corpus.rawValue)' to 0")
    }
    let sets = [train, validation].flatMap { sets in Corpus.allCases.compactMap { sets[$0] } }
    guard let first = sets.first?.shards.first else {
      throw TrainingError(
        .noShards, "there are no shards in '\(directories.text)'; make some before training")
    }
    for shard in sets.compactMap(\.shards.first) { try Self.require(shard, belongsWith: first) }
    description = first.description
    digest = Digest(of: sets.flatMap { set in set.index.shards.flatMap(\.sha256.bytes) })
  }

  /// The number of sequences of each corpus that a step reads.
  public func mixture(tokens: Int, weights: PerCorpus<Double>) -> Mixture {
    Mixture(
      tokens: tokens, weights: weights,
      meanLengths: train.map { set in
        set.map { Double($0.counts.tokens) / Double(max(1, $0.counts.sequences)) } ?? 0
      })
  }

  private static func require(
    _ shard: Shard, belongsWith first: Shard
  ) throws(TrainingError) {
    let (one, other) = (first.description, shard.description)
    let facts: [(name: String, one: String, other: String)] = [
      ("the tokenizer", "\(one.tokenizer)", "\(other.tokenizer)"),
      ("the encoder", "\(one.encoder)", "\(other.encoder)"),
      ("the preprocessing", one.preprocessing, other.preprocessing),
      ("a vocabulary of", "\(one.vocabularySize)", "\(other.vocabularySize)"),
      ("latent positions of", "\(one.latents)", "\(other.latents)"),
      ("feature tokens of", "\(one.featureTokens)", "\(other.featureTokens)"),
      ("a feature width of", "\(one.featureWidth)", "\(other.featureWidth)"),
      ("features of", one.featureStorage.rawValue, other.featureStorage.rawValue),
    ]
    for fact in facts where fact.one != fact.other {
      throw TrainingError(
        .mismatchedShards,
        "'\(shard.path)' was made with \(fact.name) \(fact.other), but '\(first.path)' with"
          + " \(fact.one); make the shards of both corpora again with one setting")
    }
  }
}
