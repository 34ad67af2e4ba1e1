public import Documents
internal import GRDB

/// An example of instruction tuning, and where its line stands.
public struct InstructionRow: Hashable, Sendable, Codable {
  /// The example's identity.
  public var id: DocumentID
  /// The index of its file among the run's inputs.
  public var input: Int
  /// Where its line begins, in bytes of the file, decompressed where it is compressed.
  public var offset: Int64
  /// How many bytes the line has, without its line feed.
  public var length: Int64
  /// How many characters its texts have.
  public var characters: Int

  /// Makes a row from its parts.
  public init(id: DocumentID, input: Int, offset: Int64, length: Int64, characters: Int) {
    self.id = id
    self.input = input
    self.offset = offset
    self.length = length
    self.characters = characters
  }
}

extension InstructionRow: TableRow {
  static let table = "instructions"
  static let columns = ["id", "input", "\"offset\"", "length", "characters"]

  var values: [(any DatabaseValueConvertible)?] { [id.column, input, offset, length, characters] }

  var measures: [(Histogram.Metric, Int)] { [(.instructionCharacters, characters)] }

  init(row: Row) throws {
    self.init(
      id: try DocumentID(column: row["id"]), input: row["input"], offset: row["offset"],
      length: row["length"], characters: row["characters"])
  }
}
