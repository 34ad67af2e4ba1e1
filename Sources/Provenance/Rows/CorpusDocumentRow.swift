public import Documents
internal import GRDB

/// A document of the interleaved or the text corpus, as it was written there.
public struct CorpusDocumentRow: Hashable, Sendable, Codable {
  /// The corpus: interleaved or text.
  public var corpus: Corpus
  /// The document.
  public var document: DocumentID
  /// How many nodes it has in the corpus.
  public var nodes: Int
  /// How many of them are images.
  public var images: Int
  /// How many characters its text has in the corpus.
  public var characters: Int

  /// Makes a row from its parts.
  public init(corpus: Corpus, document: DocumentID, nodes: Int, images: Int, characters: Int) {
    self.corpus = corpus
    self.document = document
    self.nodes = nodes
    self.images = images
    self.characters = characters
  }
}

extension CorpusDocumentRow: TableRow {
  static let table = "corpus_documents"
  static let columns = ["corpus", "document", "nodes", "images", "characters"]

  var values: [(any DatabaseValueConvertible)?] {
    [corpus.rawValue, document.column, nodes, images, characters]
  }

  var measures: [(Histogram.Metric, Int)] {
    corpus == .interleaved
      ? [(.interleavedCharacters, characters), (.interleavedImages, images)]
      : [(.textCharacters, characters)]
  }

  init(row: Row) throws {
    self.init(
      corpus: try Corpus(column: row["corpus"]),
      document: try DocumentID(column: row["document"]), nodes: row["nodes"],
      images: row["images"], characters: row["characters"])
  }
}
