internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// A stage and a unit that a reason dropped things of.
  struct ReasonPlace: Hashable {
    var stage: StageName
    var unit: StageCounts.Unit
    var count: Int

    var words: String {
      "\(stage.rawValue): \(NumberText.grouped(count)) \(unit.words)"
    }
  }

  /// Where a reason dropped things.
  static func places(of reason: String, in funnel: [StageFunnel]) -> [ReasonPlace] {
    funnel.flatMap { stage in
      stage.counts.ordered.compactMap { unit, tally in
        tally.dropped[reason].map { ReasonPlace(stage: stage.stage, unit: unit, count: $0) }
      }
    }
  }

  /// Routes `/reasons/CODE`.
  func reasons(_ path: ArraySlice<String>, _ request: Request) throws -> Response {
    guard path.count == 1, let code = path.first else { throw Self.notFound }
    let places = Self.places(of: code, in: try run.ledger.funnel())
    let place = places.first {
      $0.stage.rawValue == request.query["stage"] && $0.unit.rawValue == request.query["unit"]
    }
    guard let place = place ?? places.first else {
      throw RequestFault(.notFound, "the run dropped nothing for “\(code)”")
    }
    return try reasonPage(code, place, places, request).response()
  }

  private func reasonPage(
    _ code: String, _ place: ReasonPlace, _ places: [ReasonPlace], _ request: Request
  ) throws -> Page {
    var page = Page("Dropped: \(code)")
    page.search = SearchForm(text: code, criterion: .reason)
    page.content.add(markup: "<nav aria-label=\"Stages\"><ul class=\"tabs\">")
    for other in places {
      let current = other == place ? " aria-current=\"page\"" : ""
      let address = HTML.escape(Self.address(code, other).text)
      page.content.add(
        markup: "<li><a href=\"\(address)\"\(current)>\(HTML.escape(other.words))</a></li>")
    }
    page.content.add(markup: "</ul></nav>")
    let pager = Pager(request, length: 25)
    let decisions = try run.ledger.decisions(
      of: place.stage, place.unit, reason: Reason.Code(code), limit: pager.limit,
      offset: pager.offset)
    if place.unit == .record && place.stage == .read {
      try addRecords(code, Self.address(code, place), pager, &page)
      return page
    }
    if decisions.isEmpty {
      page.content.add(
        markup: "<p class=\"notice\">The ledger counts these and does not list them.</p>")
    }
    page.content.add(markup: "<ol class=\"list\">")
    for decision in decisions.prefix(pager.length) { page.content.add(try entry(decision)) }
    page.content.add(markup: "</ol>")
    page.content.add(pager.html(Self.address(code, place), found: decisions.count))
    return page
  }

  private static func address(_ code: String, _ place: ReasonPlace) -> Address {
    Address(
      "reasons", code, query: [("stage", place.stage.rawValue), ("unit", place.unit.rawValue)])
  }

  private func entry(_ decision: DecisionRow) throws -> HTML {
    var html = HTML(markup: "<li>")
    switch decision.subject {
    case .record(let id):
      if let document = try run.ledger.document(id) {
        html.link(document.url, to: Address("documents", id.description))
      } else {
        html.strange("span", class: "url", try run.ledger.record(id)?.url ?? "record \(id)")
      }
    case .image(let digest):
      let found = try run.ledger.images(digest: digest, limit: 1).first
      if found != nil { html.picture(digest, side: 240, alt: "") }
      html.strange("p", class: "url", found?.url ?? "image \(digest)")
    }
    let place = decision.path ?? decision.place.map { "\(decision.unit.words), number \($0)" }
    html.element("p", class: "muted") { html in
      if let place { html.strange("code", place) }
      html.strange("span", " " + decision.reason.measuredWords)
    }
    html.add(markup: "</li>")
    return html
  }

  /// The records that the read stage dropped: their reason stands in their own rows.
  private func addRecords(
    _ code: String, _ address: Address, _ pager: Pager, _ page: inout Page
  ) throws {
    let records = try run.ledger.records(
      reason: Reason.Code(code), limit: pager.limit, offset: pager.offset)
    page.content.table(
      ["URL", "status", "media type", "archive", "from byte"], numbers: [1, 3, 4],
      rows: records.prefix(pager.length).map { record in
        [
          .text(record.url ?? "–"), .text(record.status.map(String.init) ?? "–"),
          .text(record.mediaType ?? "–"), .text(String(record.location.input)),
          .text(NumberText.grouped(record.location.memberOffset)),
        ]
      })
    page.content.add(pager.html(address, found: records.count))
  }
}
