public import Documents
internal import GRDB

/// A page that was extracted.
public struct DocumentRow: Hashable, Sendable, Codable {
  /// The identity of the document, and of the record it was read from.
  public var id: DocumentID
  /// The page's absolute URL.
  public var url: String
  /// The registrable domain of the URL, or its host where it has none.
  public var domain: String
  /// The page's title, where it has one.
  public var title: String?
  /// The page's language, where it is known.
  public var language: String?
  /// How many nodes the document has.
  public var nodes: Int
  /// How many of them are images.
  public var images: Int
  /// How many characters its text has.
  public var characters: Int

  /// Makes a row from its parts.
  public init(
    id: DocumentID, url: String, domain: String, title: String? = nil, language: String? = nil,
    nodes: Int, images: Int, characters: Int
  ) {
    self.id = id
    self.url = url
    self.domain = domain
    self.title = title
    self.language = language
    self.nodes = nodes
    self.images = images
    self.characters = characters
  }
}

extension DocumentRow: TableRow {
  static let table = "documents"
  static let columns = [
    "id", "url", "domain", "title", "language", "nodes", "images", "characters",
  ]

  var values: [(any DatabaseValueConvertible)?] {
    [id.column, url, domain, title, language, nodes, images, characters]
  }

  var measures: [(Histogram.Metric, Int)] { [(.documentCharacters, characters)] }

  var groups: [DocumentGroup] {
    var group = DocumentGroup(kind: .domain, value: domain)
    group.documents = 1
    group.characters = characters
    return [group]
  }

  init(row: Row) throws {
    self.init(
      id: try DocumentID(column: row["id"]), url: row["url"], domain: row["domain"],
      title: row["title"], language: row["language"], nodes: row["nodes"],
      images: row["images"], characters: row["characters"])
  }
}
