internal import Documents
internal import Provenance
internal import Sharding
internal import Tokenization

/// Which pieces the tokens of the corpora are, counted in the shards.
struct TokenStatistics {
  /// The tokens of one corpus.
  struct CorpusTokens {
    var corpus: Corpus
    /// How many tokens were counted, special ones and positions of images included.
    var counted = 0
    /// How many there are.
    var all = 0
    /// How many of those counted stand for text, unknown ones included.
    var text = 0
    /// How many stand for text that no piece covers.
    var unknown = 0
    /// The UTF-8 bytes of the text tokens' pieces.
    var bytes = 0
  }

  /// A piece and how often it was counted.
  struct Piece {
    var text: String
    var count: Int
  }

  /// The most tokens that are counted of a corpus: a report is made in seconds.
  private static let tokenLimit = 16 << 20
  /// How many pieces are named of a kind.
  static let pieceLimit = 24

  private(set) var corpora: [CorpusTokens] = []
  /// How many pieces the model has for text.
  private(set) var pieces = 0
  /// How many of them were counted at least once.
  private(set) var used = 0
  private(set) var frequent: [Piece] = []
  private(set) var longest: [Piece] = []
  private(set) var unused: [Piece] = []

  /// Counts the tokens of a run; `nil` where it has no tokenizer or no shards.
  ///
  /// - Throws: `ShardingError` and `TokenizerError` where one of them is damaged.
  init?(_ run: InspectedRun) throws {
    let rows = try run.ledger.shards()
    guard !rows.isEmpty, let tokenizer = try? run.tokenizer() else { return nil }
    let texts = tokenizer.vocabulary.textIDs.map { tokenizer.piece(of: $0) }
    let lengths = texts.map { $0.replacing("▁", with: " ").utf8.count }
    var sums = [Int](repeating: 0, count: tokenizer.vocabulary.size)
    for corpus in Corpus.allCases {
      let shards = rows.filter { $0.corpus == corpus }
      if shards.isEmpty { continue }
      var counts = [Int](repeating: 0, count: tokenizer.vocabulary.size)
      var tokens = CorpusTokens(corpus: corpus)
      for row in shards {
        let shard = try run.shard(corpus, row.shard)
        tokens.all += shard.counts.tokens
        let share = min(shard.counts.tokens, Self.tokenLimit / shards.count)
        for id in try shard.tokenIDs(in: 0..<share) where counts.indices.contains(Int(id)) {
          counts[Int(id)] += 1
        }
        tokens.counted += share
      }
      tokens.unknown = counts[Int(Vocabulary.unknown)]
      tokens.text = tokens.unknown
      for (id, length) in zip(tokenizer.vocabulary.textIDs, lengths) {
        tokens.text += counts[Int(id)]
        tokens.bytes += counts[Int(id)] * length
      }
      for id in sums.indices { sums[id] += counts[id] }
      corpora.append(tokens)
    }
    name(zip(tokenizer.vocabulary.textIDs, texts).map { Piece(text: $1, count: sums[Int($0)]) })
  }

  private mutating func name(_ all: [Piece]) {
    pieces = all.count
    let found = all.filter { $0.count > 0 }
    used = found.count
    frequent = Array(
      found.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(Self.pieceLimit))
    longest = Array(
      found.sorted { ($1.text.count, $0.text) < ($0.text.count, $1.text) }.prefix(Self.pieceLimit))
    // Pieces stand in the model by falling probability, so these are the ones to wonder at.
    unused = Array(all.lazy.filter { $0.count == 0 }.prefix(Self.pieceLimit))
  }
}
