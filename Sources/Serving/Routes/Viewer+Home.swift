internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// The run at a glance, and its funnel.
  func homePage() throws -> Page {
    let statistics = try Statistics(of: run.ledger)
    var page = Page("What became of the crawl", in: .overview)
    page.content.add(
      "p", class: "lead",
      "Run \(statistics.run) by weft \(statistics.weft), over "
        + NumberText.grouped(statistics.inputs)
        + (statistics.inputs == 1 ? " archive of " : " archives of ")
        + NumberText.bytes(statistics.inputBytes))
    page.content.add(SummaryTiles.make(statistics))
    page.content.add(FlowFigures.make(statistics))
    let funnel = FunnelSection.make(statistics) { stage, unit, reason in
      Address("reasons", reason, query: [("stage", stage.rawValue), ("unit", unit.rawValue)]).text
    }
    if let funnel { page.content.add(funnel.html) }
    page.content.add(try archives(of: statistics.inputs))
    return page
  }

  private func archives(of count: Int) throws -> HTML {
    var html = HTML()
    html.add("h2", "Archives")
    let inputs = try run.ledger.inputs(limit: 100)
    html.table(
      ["path", "size", "SHA-256"], numbers: [1],
      rows: inputs.map {
        [.text($0.path), .text(NumberText.bytes($0.bytes)), .text($0.digest.description)]
      })
    if count > inputs.count {
      html.add("p", class: "muted", "and \(NumberText.grouped(count - inputs.count)) more")
    }
    return html
  }
}
