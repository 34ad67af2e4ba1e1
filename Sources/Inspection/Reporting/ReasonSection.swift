internal import Documents
internal import Provenance

/// Why things were dropped, with examples.
enum ReasonSection {
  /// How many examples each reason has.
  private static let exampleCount = 3

  static func make(_ run: InspectedRun, _ statistics: Statistics) throws -> ReportSection? {
    var html = HTML()
    for stage in statistics.funnel {
      var reasons: [String: Int] = [:]
      for (_, tally) in stage.counts.ordered {
        reasons.merge(tally.dropped, uniquingKeysWith: +)
      }
      if reasons.isEmpty { continue }
      html.add("h3", stage.stage.rawValue)
      let ordered = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      for (code, count) in ordered {
        html.add(markup: "<details><summary>")
        html.add("code", code)
        html.add("span", class: "n", NumberText.grouped(count))
        html.add(markup: "</summary>")
        html.add(try examples(run, stage.stage, Reason.Code(code)))
        html.add(markup: "</details>")
      }
    }
    if html.markup.isEmpty { return nil }
    return ReportSection(id: "reasons", title: "Why things were dropped", content: html)
  }

  private static func examples(
    _ run: InspectedRun, _ stage: StageName, _ code: Reason.Code
  ) throws -> HTML {
    let decisions = try run.ledger.decisions(of: stage, reason: code, limit: exampleCount)
    if decisions.isEmpty {
      return HTML(markup: "<p class=\"muted\">The reason is in the records' own rows.</p>")
    }
    var html = HTML(markup: "<ul>")
    for item in decisions {
      let decision = item.decision
      html.add(markup: "<li>")
      if case .record(let id) = decision.subject {
        let url = try run.ledger.document(id)?.url ?? run.ledger.record(id)?.url
        html.add("span", class: "url", url ?? "record \(id)")
      } else {
        html.add("span", class: "url", "image \(decision.subject)")
      }
      let place = decision.path ?? decision.place.map { "\(decision.unit.words), number \($0)" }
      if let place { html.add("code", place) }
      html.add("span", class: "muted", decision.reason.description)
      html.add(markup: "</li>")
    }
    html.add(markup: "</ul>")
    return html
  }
}
