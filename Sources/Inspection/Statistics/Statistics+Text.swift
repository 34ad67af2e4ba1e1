public import Documents
internal import Provenance

extension Statistics {
  /// The numbers as text for a terminal: the funnel, the corpora, the histograms.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    var lines = [
      style.paint("Run \(VisibleText.of(run, width: 40))", .heading)
        + " · weft \(VisibleText.of(weft, width: 20)) · "
        + "\(NumberText.grouped(inputs)) \(inputWord)\(inputs == 1 ? "" : "s"), "
        + NumberText.bytes(inputBytes)
    ]
    for stage in funnel {
      let tallies = stage.counts.ordered
      if tallies.isEmpty { continue }
      lines += ["", style.paint(stage.stage.rawValue, .heading)]
      for (unit, tally) in tallies { lines += Self.lines(of: tally, unit, style) }
    }
    lines += ["", style.paint("corpora", .heading)] + corpusLines(style)
    lines += duplicateLines(style)
    lines += GroupTable.lines("domains", domains, style, note: domainNote)
    lines += GroupTable.lines("languages, as curation found them", languages, style)
    lines += shardLines(style) + packingLines(style) + featureLines(style)
    lines += HistogramText.lines(of: histograms, style)
    return lines.joined(separator: "\n") + "\n"
  }

  fileprivate static func lines(
    of tally: Tally, _ unit: StageCounts.Unit, _ style: TextStyle
  ) -> [String] {
    let name = unit.words.padded(to: 22)
    let numbers =
      NumberText.grouped(tally.entered).leftPadded(to: 12) + " → "
      + NumberText.grouped(tally.kept).padded(to: 12)
    let share = NumberText.percent(tally.kept, of: tally.entered).leftPadded(to: 8)
    let width = max(style.width - 64, 8)
    let bar = BlockBar.text(Double(tally.kept), of: Double(tally.entered), width: width)
    var lines = ["  \(name) \(numbers) \(share)  " + style.paint(bar, .kept)]
    for (code, count) in tally.reasons {
      let bar = BlockBar.text(Double(count), of: Double(tally.entered), width: width)
      lines.append(
        "    " + style.paint("– " + VisibleText.of(code, width: 30).padded(to: 30), .muted)
          + NumberText.grouped(count).leftPadded(to: 16)
          + NumberText.percent(count, of: tally.entered).leftPadded(to: 9) + "  "
          + style.paint(bar, .dropped))
    }
    return lines
  }

  private var inputWord: String {
    corpora.contains { $0.corpus == .instructions } ? "file" : "archive"
  }

}

extension StageCounts {
  /// The counts as text for a terminal, the reasons for dropping below what they dropped.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    ordered.flatMap { Statistics.lines(of: $0.tally, $0.unit, style) }.joined(separator: "\n")
      + "\n"
  }
}

extension Histogram {
  /// How many values there are, and where they lie.
  var summary: String {
    guard let middle = quantile(0.5), let high = quantile(0.9), let mean else { return "none" }
    let isExact = middle.upper == middle.lower + 1
    return "\(NumberText.grouped(count)) · mean \(NumberText.fixed(mean, 1)) · median "
      + (isExact ? "" : "about ") + NumberText.grouped((middle.lower + middle.upper - 1) / 2)
      + " · 90 % below \(NumberText.grouped(high.upper))"
  }
}

extension String {
  /// The text with spaces after it, at least `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text with spaces before it, at least `width` characters.
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
