import HTMLTree

/// Tables that hold data, as against those that lay a page out.
///
/// Spans of rows and columns are not spread out: a cell is written once, whatever it spans, so a
/// table's text is never longer than its cells.
enum DataTable {
  /// The longest cell, in bytes, of a table that does not say it is one.
  private static let longestCell = 300
  /// The longest cell, in bytes, of a table with header cells or a caption.
  private static let longestMarkedCell = 2000
  /// The longest table, in bytes; what is longer is cut into the blocks of its cells.
  private static let longestTable = 1 << 16

  /// Whether a table holds data.
  static func isData(_ table: Int, _ tree: HTMLTree) -> Bool {
    if let role = tree.attribute(.role, of: table), role == "presentation" || role == "none" {
      return false
    }
    var rows = 0
    var columns = 0
    var inRow = 0
    var isMarked = false
    var cell = 0
    var longest = 0
    var total = 0
    // Cells with text in the row, and whether any row has two: a row alone is no table, nor is a note
    // with a sign beside it.
    var written = 0
    var hasRow = false
    for index in table + 1..<tree.nodes[table].end {
      switch tree.nodes[index].tag {
      case .table, .form, .article, .h1, .h2, .ul, .pre: return false
      case .tr:
        rows += 1
        inRow = 0
        written = 0
      case .td, .th:
        inRow += 1
        columns = max(columns, inRow)
        isMarked = isMarked || tree.nodes[index].tag == .th
        longest = max(longest, cell)
        cell = 0
      case .caption, .thead: isMarked = true
      case .text where !tree.bytes(of: index).allSatisfy({ $0 <= 0x20 }):
        let length = tree.bytes(of: index).count
        if cell == 0, inRow > 0 {
          written += 1
          hasRow = hasRow || written > 1
        }
        cell += length
        total += length
      default: break
      }
      if total > longestTable { return false }
    }
    longest = max(longest, cell)
    return rows > 1 && columns > 1 && hasRow
      && longest <= (isMarked ? longestMarkedCell : longestCell)
  }

  /// The caption element of a table.
  static func caption(of table: Int, _ tree: HTMLTree) -> Int? {
    tree.children(of: table).first { tree.nodes[$0].tag == .caption }
  }

  /// Writes a table, a row on a line and its cells apart by bars; returns how many bytes are within
  /// links.
  static func write(
    _ table: Int, _ tree: HTMLTree, to text: inout CollapsedText, links: inout Int
  ) -> Int {
    var linkBytes = 0
    var linkEnd = 0
    var rowIsEmpty = true
    var cellIsNew = false
    var index = table + 1
    while index < tree.nodes[table].end {
      let node = tree.nodes[index]
      switch node.tag {
      case .tr:
        rowIsEmpty = true
        cellIsNew = false
        if text.length > 0 { text.append(separator: "\n") }
      case .td, .th:
        if !rowIsEmpty { text.append(separator: " | ") }
        rowIsEmpty = false
        cellIsNew = true
      case .text:
        let before = text.length
        // Without a separator before it, white space at the start of a cell would show.
        text.append(cellIsNew ? tree.bytes(of: index).drop { $0 <= 0x20 } : tree.bytes(of: index))
        if text.length > before { cellIsNew = false }
        if index < linkEnd { linkBytes += text.length - before }
      case .a:
        links += 1
        linkEnd = max(linkEnd, node.end)
      case .caption: index = node.end - 1
      default:
        if node.tag.role == .opaque { index = node.end - 1 }
        if node.tag.role == .block || node.tag == .br, !cellIsNew { text.space() }
      }
      index += 1
    }
    text.trim()
    return linkBytes
  }
}
