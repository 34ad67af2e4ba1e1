internal import GRDB

/// A row whose key is its part and its place among the part's rows of its table.
protocol TableRow: ReadableRow {
  /// The table.
  static var table: String { get }
  /// The columns after `part` and `ordinal`, in the order of ``values``.
  static var columns: [String] { get }
  /// The values of the columns.
  var values: [(any DatabaseValueConvertible)?] { get }
  /// The values that the row adds to the part's histograms.
  var measures: [(Histogram.Metric, Int)] { get }
  /// What the row adds to groups of documents.
  var groups: [DocumentGroup] { get }
}

/// A row whose key is made of its own values.
protocol KeyedRow: ReadableRow {
  /// The table.
  static var table: String { get }
  /// The columns, in the order of the values.
  static var columns: [String] { get }
  /// The values of the columns, for a row of a part.
  func values(part: Int64) -> [(any DatabaseValueConvertible)?]
}

/// A row that can be read back.
protocol ReadableRow {
  /// Reads a row.
  ///
  /// - Throws: ``LedgerError`` where a value is none that weft writes.
  init(row: Row) throws
}

extension TableRow {
  var measures: [(Histogram.Metric, Int)] { [] }

  var groups: [DocumentGroup] { [] }

  static var insertion: String { insertionStatement(table, ["part", "ordinal"] + columns) }
}

extension KeyedRow {
  static var insertion: String { insertionStatement(table, columns) }
}

private func insertionStatement(_ table: String, _ columns: [String]) -> String {
  let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
  return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
}
