public import Documents
internal import GRDB

/// A file that the run made.
public struct ArtefactRow: Hashable, Sendable, Codable {
  /// The path relative to the run directory.
  public var path: String
  /// The size in bytes.
  public var bytes: Int64
  /// The SHA-256 of the file.
  public var digest: Digest

  /// Makes a row from its parts.
  public init(path: String, bytes: Int64, digest: Digest) {
    self.path = path
    self.bytes = bytes
    self.digest = digest
  }
}

extension ArtefactRow: TableRow {
  static let table = "artefacts"
  static let columns = ["path", "bytes", "digest"]
  var values: [(any DatabaseValueConvertible)?] { [path, bytes, digest.column] }

  init(row: Row) throws {
    self.init(
      path: row["path"], bytes: row["bytes"], digest: try Digest(column: row["digest"]))
  }
}
