internal import Documents
internal import Provenance

/// What the run was made from, and what it made.
enum OriginSection {
  /// The most archives and shards that are listed.
  private static let rowLimit = 100

  static func make(_ run: InspectedRun) throws -> ReportSection? {
    var html = HTML()
    let inputs = try run.ledger.inputs()
    html.add("h3", "Archives")
    html.add(
      table(
        ["path", "size", "SHA-256"], numbers: [1],
        inputs.map { [$0.path, NumberText.bytes($0.bytes), $0.digest.description] }))
    let shards = try run.ledger.shards()
    if !shards.isEmpty {
      html.add("h3", "Shards")
      html.add(
        table(
          ["path", "for", "sequences", "tokens", "images", "size", "SHA-256"],
          numbers: [2, 3, 4, 5],
          shards.map {
            [
              $0.path, $0.split.rawValue, NumberText.grouped($0.sequences),
              NumberText.grouped($0.tokens), NumberText.grouped($0.images),
              NumberText.bytes($0.bytes), $0.digest.description,
            ]
          }))
    }
    html.add(markup: "<details><summary>The resolved pipeline</summary>")
    html.add("pre", run.ledger.run.pipeline)
    html.add(markup: "</details>")
    return ReportSection(id: "origin", title: "Where it comes from", content: html)
  }

  private static func table(
    _ names: [String], numbers: Set<Int>, _ rows: [[String]]
  ) -> HTML {
    var html = HTML(markup: "<div class=\"scroll\"><table><thead><tr>")
    for (column, name) in names.enumerated() {
      let style = numbers.contains(column) ? " class=\"n\"" : ""
      html.add(markup: "<th scope=\"col\"\(style)>\(HTML.escape(name))</th>")
    }
    html.add(markup: "</tr></thead><tbody>")
    for row in rows.prefix(rowLimit) {
      html.add(markup: "<tr>")
      for (column, cell) in row.enumerated() {
        html.add("td", class: numbers.contains(column) ? "n" : "wrap", cell)
      }
      html.add(markup: "</tr>")
    }
    html.add(markup: "</tbody></table></div>")
    if rows.count > rowLimit {
      html.add("p", class: "muted", "and \(NumberText.grouped(rows.count - rowLimit)) more")
    }
    return html
  }
}
