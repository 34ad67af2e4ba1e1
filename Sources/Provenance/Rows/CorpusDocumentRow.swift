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
  /// The domain of its page, which is counted and not kept; the row of the page has it.
  public var domain: String?
  /// The language that the page was found to be in, likewise.
  public var language: String?

  /// Makes a row from its parts.
  public init(
    corpus: Corpus, document: DocumentID, nodes: Int, images: Int, characters: Int,
    domain: String? = nil, language: String? = nil
  ) {
    self.corpus = corpus
    self.document = document
    self.nodes = nodes
    self.images = images
    self.characters = characters
    self.domain = domain
    self.language = language
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

  var groups: [DocumentGroup] {
    guard let domain else { return [] }
    return DocumentGroup.groups(domain, language) {
      if corpus == .text { $0.texts = 1 } else { $0.interleaved = 1 }
    }
  }

  init(row: Row) throws {
    self.init(
      corpus: try Corpus(column: row["corpus"]),
      document: try DocumentID(column: row["document"]), nodes: row["nodes"],
      images: row["images"], characters: row["characters"])
  }
}
