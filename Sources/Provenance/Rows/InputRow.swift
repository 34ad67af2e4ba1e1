public import Documents
internal import GRDB

/// An archive that the run reads.
public struct InputRow: Hashable, Sendable, Codable {
  /// The index of the archive among the run's inputs.
  public var input: Int
  /// The path as the pipeline names it.
  public var path: String
  /// The size in bytes.
  public var bytes: Int64
  /// The SHA-256 of the file.
  public var digest: Digest

  /// Makes a row from its parts.
  public init(input: Int, path: String, bytes: Int64, digest: Digest) {
    self.input = input
    self.path = path
    self.bytes = bytes
    self.digest = digest
  }
}

extension InputRow: TableRow {
  static let table = "inputs"
  static let columns = ["input", "path", "bytes", "digest"]
  var values: [(any DatabaseValueConvertible)?] { [input, path, bytes, digest.column] }

  init(row: Row) throws {
    self.init(
      input: row["input"], path: row["path"], bytes: row["bytes"],
      digest: try Digest(column: row["digest"]))
  }
}
