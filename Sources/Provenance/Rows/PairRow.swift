public import Documents
internal import GRDB

/// An image and its caption, as they were written to the pairs corpus.
public struct PairRow: Hashable, Sendable, Codable {
  /// Where a caption was read from.
  public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
    /// The caption beside the image.
    case caption
    /// The image's alternative text.
    case alt
  }

  /// The document that shows the image.
  public var document: DocumentID
  /// The place of the image among the document's images, from 0.
  public var image: Int
  /// The SHA-256 of the image's bytes.
  public var digest: Digest
  /// Where the caption was read from.
  public var source: Source
  /// How many characters the caption has.
  public var characters: Int
  /// The domain of its page, which is counted and not kept; the row of the page has it.
  public var domain: String?
  /// The language that the page was found to be in, likewise.
  public var language: String?

  /// Makes a row from its parts.
  public init(
    document: DocumentID, image: Int, digest: Digest, source: Source, characters: Int,
    domain: String? = nil, language: String? = nil
  ) {
    self.document = document
    self.image = image
    self.digest = digest
    self.source = source
    self.characters = characters
    self.domain = domain
    self.language = language
  }
}

extension PairRow: TableRow {
  static let table = "pairs"
  static let columns = ["document", "image", "digest", "source", "characters"]

  var values: [(any DatabaseValueConvertible)?] {
    [document.column, image, digest.column, source.rawValue, characters]
  }

  var measures: [(Histogram.Metric, Int)] { [(.captionCharacters, characters)] }

  var groups: [DocumentGroup] {
    guard let domain else { return [] }
    return DocumentGroup.groups(domain, language) {
      $0.pairs = 1
    }
  }

  init(row: Row) throws {
    self.init(
      document: try DocumentID(column: row["document"]), image: row["image"],
      digest: try Digest(column: row["digest"]), source: try Source(column: row["source"]),
      characters: row["characters"])
  }
}
