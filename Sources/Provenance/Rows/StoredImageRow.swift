public import Documents
internal import GRDB

/// What the corpora hold of an image that is not stored as it was crawled.
public struct StoredImageRow: Hashable, Sendable, Codable {
  /// The SHA-256 of the crawled image's bytes.
  public var digest: Digest
  /// The stored file.
  public var stored: StoredImage

  /// Makes a row from its parts.
  public init(digest: Digest, stored: StoredImage) {
    self.digest = digest
    self.stored = stored
  }
}

extension StoredImageRow: TableRow {
  static let table = "stored_images"
  static let columns = ["digest", "stored", "format", "width", "height", "bytes"]

  var values: [(any DatabaseValueConvertible)?] {
    [
      digest.column, stored.digest.column, stored.format.rawValue, stored.width, stored.height,
      stored.byteCount,
    ]
  }

  init(row: Row) throws {
    self.init(
      digest: try Digest(column: row["digest"]),
      stored: StoredImage(
        digest: try Digest(column: row["stored"]),
        format: try ResolvedImage.Format(column: row["format"]), width: row["width"],
        height: row["height"], byteCount: row["bytes"]))
  }
}
