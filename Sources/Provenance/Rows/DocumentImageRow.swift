public import Documents
internal import GRDB

/// An image as a document shows it.
public struct DocumentImageRow: Hashable, Sendable, Codable {
  /// The document.
  public var document: DocumentID
  /// The place of the image among the document's images, from 0.
  public var image: Int
  /// The image's absolute URL.
  public var url: String
  /// The SHA-256 of the image's bytes, where they were found and decoded.
  public var digest: Digest?

  /// Makes a row from its parts.
  public init(document: DocumentID, image: Int, url: String, digest: Digest? = nil) {
    self.document = document
    self.image = image
    self.url = url
    self.digest = digest
  }
}

extension DocumentImageRow: TableRow {
  static let table = "document_images"
  static let columns = ["document", "image", "url", "address", "digest"]
  var values: [(any DatabaseValueConvertible)?] {
    [document.column, image, url, AddressKey.value(url), digest?.column]
  }

  init(row: Row) throws {
    self.init(
      document: try DocumentID(column: row["document"]), image: row["image"], url: row["url"],
      digest: try (row["digest"] as [UInt8]?).map { try Digest(column: $0) })
  }
}
