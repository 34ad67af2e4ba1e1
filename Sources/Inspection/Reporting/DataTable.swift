/// A table of a report, in a frame that scrolls where the window is narrow.
struct DataTable {
  /// What it shows, for whoever cannot see where it stands.
  var caption: String
  var columns: [String]
  /// The columns that hold numbers.
  var numbers: Set<Int> = []
  var rows: [[String]]
  /// The most rows that are shown.
  var limit = 100

  /// The table; the first cell of a row is its head.
  var html: HTML {
    var html = HTML(
      markup: "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
        + "aria-label=\"\(HTML.escape(caption))\"><table><thead><tr>")
    for (column, name) in columns.enumerated() {
      html.add(markup: "<th scope=\"col\"\(style(column))>\(HTML.escape(name))</th>")
    }
    html.add(markup: "</tr></thead><tbody>")
    for row in rows.prefix(limit) {
      html.add(markup: "<tr>")
      for (column, cell) in row.enumerated() {
        let text = "<bdi>\(HTML.escape(cell))</bdi>"
        html.add(
          markup: column == 0
            ? "<th scope=\"row\" class=\"wrap\">\(text)</th>" : "<td\(style(column))>\(text)</td>")
      }
      html.add(markup: "</tr>")
    }
    html.add(markup: "</tbody></table></div>")
    if rows.count > limit {
      html.add("p", class: "muted", "and \(NumberText.grouped(rows.count - limit)) more")
    }
    return html
  }

  private func style(_ column: Int) -> String {
    numbers.contains(column) ? " class=\"n\"" : column == 0 ? "" : " class=\"wrap\""
  }
}
