/// Rows of cells as aligned columns.
struct TextTable {
  /// On which side the cells of a column stand.
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// Adds a row; cells that are missing are empty.
  mutating func add(_ cells: String...) { rows.append(cells) }

  /// Adds a row of any number of cells.
  mutating func add(row cells: [String]) { rows.append(cells) }

  /// How many columns of the terminal the table takes.
  var width: Int { lines.map(VisibleText.columns).max() ?? 0 }

  /// The lines of the table, two spaces between columns, none at the end.
  var lines: [String] {
    let widths = alignments.indices.map { column in
      rows.map { $0.count > column ? VisibleText.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, alignment) in alignments.enumerated() where column < row.count {
        let cell = row[column]
        let gap = String(repeating: " ", count: widths[column] - VisibleText.columns(of: cell))
        line += (column == 0 ? "" : "  ") + (alignment == .left ? cell + gap : gap + cell)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
