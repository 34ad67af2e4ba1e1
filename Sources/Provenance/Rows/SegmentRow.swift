public import Documents
internal import GRDB

/// A run of tokens of a sequence that came from one document.
public struct SegmentRow: Hashable, Sendable, Codable {
  /// The corpus of the shard.
  public var corpus: Corpus
  /// The shard's number; its ``ShardRow`` is of the same part.
  public var shard: Int
  /// The sequence's number in the shard.
  public var sequence: Int
  /// The position in the sequence at which the run begins.
  public var start: Int
  /// How many tokens the run has.
  public var length: Int
  /// The document the tokens came from.
  public var document: DocumentID
  /// How many of the document's tokens come before the run.
  public var documentOffset: Int
  /// In the pairs corpus, the place of the pair's image among the document's images.
  public var image: Int?

  /// Makes a row from its parts.
  public init(
    corpus: Corpus, shard: Int, sequence: Int, start: Int, length: Int, document: DocumentID,
    documentOffset: Int, image: Int? = nil
  ) {
    self.corpus = corpus
    self.shard = shard
    self.sequence = sequence
    self.start = start
    self.length = length
    self.document = document
    self.documentOffset = documentOffset
    self.image = image
  }
}

extension SegmentRow: KeyedRow {
  static let table = "segments"
  static let columns = [
    "shard", "sequence", "start", "length", "document", "document_offset", "image",
  ]

  func values(part: Int64) -> [(any DatabaseValueConvertible)?] {
    [
      ShardRow.key(corpus, shard), sequence, start, length, document.column, documentOffset, image,
    ]
  }

  /// Reads a row of `segments` joined with the `corpus` and the `number` of its shard.
  init(row: Row) throws {
    self.init(
      corpus: try Corpus(column: row["corpus"]), shard: row["number"],
      sequence: row["sequence"], start: row["start"], length: row["length"],
      document: try DocumentID(column: row["document"]), documentOffset: row["document_offset"],
      image: row["image"])
  }
}
