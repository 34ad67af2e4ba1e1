internal import Provenance

/// A histogram as lines for a terminal.
struct HistogramText {
  /// The lines.
  private(set) var lines: [String]
  /// How many columns each line takes.
  private(set) var widths: [Int]

  /// Draws a histogram at most `width` columns wide.
  init(_ histogram: Histogram, width: Int, _ style: TextStyle) {
    let rows = HistogramRows(histogram).rows
    let most = rows.map(\.count).max() ?? 0
    let labelWidth = rows.map(\.label.count).max() ?? 0
    let countWidth = NumberText.grouped(most).count
    lines = []
    widths = []
    for line in TextWrap.lines(of: histogram.metric.words, width: width) {
      add(line, style.paint(line, .heading))
    }
    for line in TextWrap.lines(of: histogram.summary, width: width - 2) {
      add("  " + line, style.paint("  " + line, .muted))
    }
    for row in rows {
      let bar = BlockBar.text(
        Double(row.count), of: Double(most), width: width - labelWidth - countWidth - 6)
      let label =
        "  " + row.label.leftPadded(to: labelWidth) + "  "
        + NumberText.grouped(row.count).leftPadded(to: countWidth)
      let gap = bar.isEmpty ? "" : "  "
      add(label + gap + bar, label + gap + style.paint(bar, .accent))
    }
  }

  private mutating func add(_ plain: String, _ painted: String) {
    lines.append(painted)
    widths.append(VisibleText.columns(of: plain))
  }

  /// Histograms below each other, or two by two where the terminal is wide enough.
  static func lines(of histograms: [Histogram], _ style: TextStyle) -> [String] {
    let gap = 4
    let isWide = style.width >= 120
    let width = isWide ? (style.width - gap) / 2 : style.width
    let drawn = histograms.map { HistogramText($0, width: width, style) }
    if !isWide { return drawn.flatMap { [""] + $0.lines } }
    return stride(from: 0, to: drawn.count, by: 2).flatMap { start -> [String] in
      let left = drawn[start]
      guard start + 1 < drawn.count else { return [""] + left.lines }
      let right = drawn[start + 1]
      return [""]
        + (0..<max(left.lines.count, right.lines.count)).map { row in
          let first = row < left.lines.count ? left.lines[row] : ""
          guard row < right.lines.count else { return first }
          let used = row < left.widths.count ? left.widths[row] : 0
          return first + String(repeating: " ", count: width + gap - used) + right.lines[row]
        }
    }
  }
}
