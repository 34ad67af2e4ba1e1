public import Documents
internal import GRDB

/// A document or pair of a corpus, and the partition of `curate` that wrote it.
///
/// Its corpus archive is `corpus/CORPUS/part-PARTITION.tar`.
public struct CorpusEntry: Hashable, Sendable, Codable {
  /// The corpus.
  public var corpus: Corpus
  /// The document.
  public var document: DocumentID
  /// In the pairs corpus, the place of the pair's image among the document's images.
  public var image: Int?
  /// The partition that wrote it.
  public var partition: Int
}

extension Ledger {
  private static let segmentColumns = """
    SELECT segments.*, shards.corpus, shards.shard AS number
    FROM segments JOIN shards ON shards.key = segments.shard
    """

  /// What the corpora hold of a document.
  public func entries(of document: DocumentID) throws -> [CorpusEntry] {
    try read { database in
      let documents = try Row.fetchAll(
        database,
        sql: """
          SELECT corpus, NULL AS image, partition FROM corpus_documents JOIN parts USING (part)
          WHERE corpus IN ('interleaved', 'text') AND document = ? ORDER BY corpus, partition
          """, arguments: [document.column])
      let pairs = try Row.fetchAll(
        database,
        sql: """
          SELECT 'pairs' AS corpus, image, partition FROM pairs JOIN parts USING (part)
          WHERE document = ? ORDER BY image, partition
          """, arguments: [document.column])
      return try (documents + pairs).map { row in
        CorpusEntry(
          corpus: try Corpus(column: row["corpus"]), document: document, image: row["image"],
          partition: row["partition"])
      }
    }
  }

  /// The shards, by corpus and number.
  public func shards(_ corpus: Corpus? = nil) throws -> [ShardRow] {
    try rows(
      "SELECT * FROM shards WHERE corpus = coalesce(?, corpus) ORDER BY key", [corpus?.rawValue])
  }

  /// A shard by its corpus and number.
  public func shard(_ corpus: Corpus, _ shard: Int) throws -> ShardRow? {
    try row("SELECT * FROM shards WHERE key = ?", [ShardRow.key(corpus, shard)])
  }

  /// The segments of a sequence in their order.
  public func segments(
    _ corpus: Corpus, shard: Int, sequence: Int
  ) throws -> [SegmentRow] {
    try rows(
      Self.segmentColumns
        + " WHERE segments.shard = ? AND sequence = ? ORDER BY start",
      [ShardRow.key(corpus, shard), sequence])
  }

  /// The segment that holds a position of a sequence; `nil` where none does, as at `<s>`.
  public func segment(
    _ corpus: Corpus, shard: Int, sequence: Int, position: Int
  ) throws -> SegmentRow? {
    let last: SegmentRow? = try row(
      Self.segmentColumns
        + " WHERE segments.shard = ? AND sequence = ? AND start <= ? ORDER BY start DESC LIMIT 1",
      [ShardRow.key(corpus, shard), sequence, position])
    return last.flatMap { position < $0.start + $0.length ? $0 : nil }
  }

  /// The segments of a document, by corpus, shard, sequence and start.
  public func segments(of document: DocumentID, limit: Int = 10_000) throws -> [SegmentRow] {
    try rows(
      Self.segmentColumns
        + " WHERE document = ? ORDER BY segments.shard, sequence, start LIMIT ?",
      [document.column, limit])
  }

  /// The files the run made, by path.
  public func artefacts() throws -> [ArtefactRow] {
    try rows("SELECT * FROM artefacts ORDER BY path, part, ordinal")
  }
}
