package import Documents
internal import Provenance

/// What entered each stage, went on and was dropped.
package enum FunnelSection {
  /// The address of a page that shows what a stage dropped of a unit for a reason.
  package typealias Address = (StageName, StageCounts.Unit, _ reason: String) -> String

  /// The funnel as a table; with addresses every reason is named and leads to its page.
  package static func make(_ statistics: Statistics, address: Address? = nil) -> ReportSection? {
    if statistics.funnel.isEmpty { return nil }
    var html = HTML()
    html.add(
      "p",
      "Everything that entered a stage went on, or has a reason for going no further. "
        + "The full bar is what entered; the shaded end is what was dropped, reason by reason.")
    html.add(
      markup: "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
        + "aria-label=\"Counts of all stages\"><table class=\"funnel\">")
    html.add(
      markup: "<thead><tr><th scope=\"col\">unit</th><th scope=\"col\" class=\"n\">entered</th>"
        + "<th scope=\"col\" class=\"n\">went on</th><th scope=\"col\">share</th>"
        + "<th scope=\"col\">dropped, by reason</th></tr></thead>")
    for stage in statistics.funnel where !stage.counts.ordered.isEmpty {
      html.add(
        markup: "<tbody><tr><th scope=\"rowgroup\" colspan=\"5\">\(stage.stage.rawValue)</th></tr>")
      for (unit, tally) in stage.counts.ordered {
        html.add(row(unit, tally, address: address.map { page in { page(stage.stage, unit, $0) } }))
      }
      html.add(markup: "</tbody>")
    }
    html.add(markup: "</table></div>")
    return ReportSection(id: "funnel", title: "Stage by stage", content: html)
  }

  private static func row(
    _ unit: StageCounts.Unit, _ tally: Tally, address: ((String) -> String)?
  ) -> HTML {
    var html = HTML(markup: "<tr>")
    html.add(markup: "<th scope=\"row\">\(unit.words)</th>")
    html.add("td", class: "n", NumberText.grouped(tally.entered))
    html.add("td", class: "n", NumberText.grouped(tally.kept))
    html.add(markup: "<td class=\"bar\">")
    html.add(bar(unit, tally))
    html.add(markup: "</td><td>")
    if tally.reasons.isEmpty {
      html.add("span", class: "muted", "none")
    } else {
      html.add(markup: "<ul class=\"reasons\">")
      let shown = address == nil ? 6 : tally.reasons.count
      for (code, count) in tally.reasons.prefix(shown) {
        html.add(entry("\(code) \(NumberText.grouped(count))", address?(code)))
      }
      let rest = tally.reasons.dropFirst(shown)
      if !rest.isEmpty {
        let count = rest.reduce(0) { $0 + $1.count }
        html.add("li", "\(rest.count) other reasons \(NumberText.grouped(count))")
      }
      html.add(markup: "</ul>")
    }
    html.add(markup: "</td></tr>")
    return html
  }

  private static func entry(_ text: String, _ address: String?) -> HTML {
    var html = HTML()
    guard let address else {
      html.add("li", text)
      return html
    }
    html.add(markup: "<li><a href=\"\(HTML.escape(address))\">\(HTML.escape(text))</a></li>")
    return html
  }

  private static func bar(_ unit: StageCounts.Unit, _ tally: Tally) -> HTML {
    let share = NumberText.percent(tally.kept, of: tally.entered)
    var drawing = SVG(width: 220, height: 22, title: unit.words, text: "\(share) went on")
    let whole = Double(max(tally.entered, 1))
    var x = Double(tally.kept) / whole * 220
    drawing.rectangle(
      x: 0, y: 3, width: x, height: 16, radius: 2, class: "kept", title: "went on: \(share)")
    for (place, reason) in tally.reasons.enumerated() {
      let width = Double(reason.count) / whole * 220
      drawing.rectangle(
        x: x, y: 3, width: width, height: 16, class: "lost shade\(place % 3)",
        title: "\(reason.code): \(NumberText.percent(reason.count, of: tally.entered))")
      x += width
    }
    drawing.label(share, x: 6, y: 15, class: "inbar")
    return drawing.html
  }
}
