internal import Provenance

/// A histogram drawn as columns.
struct HistogramDrawing {
  private static let width = 340.0
  private static let height = 150.0
  private static let base = 122.0

  let histogram: Histogram

  /// The drawing in a figure with its title and summary.
  var html: HTML {
    let rows = HistogramRows(histogram).rows
    let most = Double(rows.map(\.count).max() ?? 1)
    var drawing = SVG(
      width: Self.width, height: Self.height, title: histogram.metric.words,
      text: histogram.summary)
    let step = Self.width / Double(max(rows.count, 1))
    let gap = min(3, step * 0.15)
    for (place, row) in rows.enumerated() {
      let height = row.count == 0 ? 0 : max(1.5, Double(row.count) / most * (Self.base - 12))
      drawing.rectangle(
        x: Double(place) * step + gap / 2, y: Self.base - height, width: step - gap,
        height: height, radius: 2, class: "column",
        title: "\(row.label): \(NumberText.grouped(row.count))")
    }
    drawing.line([(0, Self.base + 0.5), (Self.width, Self.base + 0.5)], class: "axis")
    // As many labels as stand side by side, about one each 70 units.
    let every = max(1, (rows.count + 4) / 5)
    for (place, row) in rows.enumerated() where place % every == 0 {
      drawing.label(
        NumberText.short(row.lower), x: (Double(place) + 0.5) * step, y: Self.base + 17, .middle,
        class: "tick")
    }
    var html = HTML()
    html.add(markup: "<figure class=\"small\">")
    html.add("h4", histogram.metric.words)
    html.add(drawing.html)
    html.add("figcaption", histogram.summary)
    html.add(markup: "<details><summary>Numbers</summary>")
    html.add(
      DataTable(
        caption: histogram.metric.words, columns: ["from – to", "count", "share"],
        numbers: [1, 2],
        rows: rows.map {
          [
            $0.label, NumberText.grouped($0.count),
            NumberText.percent($0.count, of: histogram.count),
          ]
        }
      ).html)
    html.add(markup: "</details>")
    html.add(markup: "</figure>")
    return html
  }
}
