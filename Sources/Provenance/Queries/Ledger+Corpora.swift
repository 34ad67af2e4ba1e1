public import Documents
internal import GRDB

/// How much a corpus holds.
public struct CorpusCounts: Hashable, Sendable, Codable {
  /// The corpus.
  public var corpus: Corpus
  /// How many documents it has; in the pairs corpus, how many pairs.
  public var documents: Int
  /// How many images they have.
  public var images: Int
  /// How many characters their text has.
  public var characters: Int
  /// What was packed for training.
  public var train: ShardTotals
  /// What was packed to measure the loss on.
  public var validation: ShardTotals

  /// Makes counts from their parts.
  public init(
    corpus: Corpus, documents: Int, images: Int, characters: Int, train: ShardTotals,
    validation: ShardTotals
  ) {
    self.corpus = corpus
    self.documents = documents
    self.images = images
    self.characters = characters
    self.train = train
    self.validation = validation
  }
}

/// How much the shards of one split hold.
public struct ShardTotals: Hashable, Sendable, Codable {
  /// How many shards there are.
  public var shards = 0
  /// Their size in bytes.
  public var bytes: Int64 = 0
  /// How many sequences they hold.
  public var sequences = 0
  /// How many tokens they hold.
  public var tokens = 0
  /// How many image slots their sequences have.
  public var images = 0

  /// Makes counts of nothing.
  public init() {}
}

extension Ledger {
  /// How much each corpus holds: those of a crawl, or in a run that tunes a model that of instructions.
  ///
  /// It is read from the histograms, which hold exact counts and sums, and not from the documents.
  public func corpora() throws -> [CorpusCounts] {
    let corpora: [Corpus] =
      try histogram(.instructionCharacters).count > 0 ? [.instructions] : Corpus.crawled
    return try corpora.map { corpus in
      let metric: Histogram.Metric =
        switch corpus {
        case .interleaved: .interleavedCharacters
        case .pairs: .captionCharacters
        case .text: .textCharacters
        case .instructions: .instructionCharacters
        }
      let characters = try histogram(metric)
      let images =
        switch corpus {
        case .interleaved: try histogram(.interleavedImages).total
        case .pairs: characters.count
        case .text, .instructions: 0
        }
      return CorpusCounts(
        corpus: corpus, documents: characters.count, images: images,
        characters: characters.total, train: try shardTotals(corpus, .train),
        validation: try shardTotals(corpus, .validation))
    }
  }

  private func shardTotals(_ corpus: Corpus, _ split: ShardRow.Split) throws -> ShardTotals {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*), coalesce(sum(bytes), 0), coalesce(sum(sequences), 0),
            coalesce(sum(tokens), 0), coalesce(sum(images), 0)
          FROM shards WHERE corpus = ? AND split = ?
          """, arguments: [corpus.rawValue, split.rawValue])
      var totals = ShardTotals()
      guard let row else { return totals }
      totals.shards = row[0]
      totals.bytes = row[1]
      totals.sequences = row[2]
      totals.tokens = row[3]
      totals.images = row[4]
      return totals
    }
  }
}
