internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// How many of a cluster stand side by side, the one that stays among them.
  private static let columnCount = 3
  /// The longest text of a column in characters.
  private static let textLimit = 8_000

  /// Routes `/duplicates` and `/duplicates/ID`.
  func duplicates(_ path: ArraySlice<String>, _ request: Request) throws -> Response {
    guard let text = path.first else { return try clustersPage(request).response() }
    guard path.count == 1, let id = DocumentID(text) else { throw Self.notFound }
    return try clusterPage(id, request).response()
  }

  private func clustersPage(_ request: Request) throws -> Page {
    let pager = Pager(request, length: 25)
    let view = try run.duplicates(limit: pager.limit, offset: pager.offset, members: 0)
    var page = Page("Near-duplicates", in: .duplicates)
    page.content.add(
      "p", class: "lead",
      "\(NumberText.grouped(view.dropped)) documents were dropped for another of their cluster, in "
        + "\(NumberText.grouped(view.count)) clusters.")
    let clusters = view.clusters
    page.content.element("ol", class: "list") { html in
      for cluster in clusters.prefix(pager.length) {
        html.element("li") { html in
          let member = cluster.representative
          html.link(
            member.title ?? member.url, to: Address("duplicates", member.document.description))
          html.strange("p", class: "url", member.url)
          html.add("p", class: "muted", "and \(NumberText.grouped(cluster.count)) dropped for it")
        }
      }
    }
    page.content.add(pager.html(Address("duplicates"), found: clusters.count))
    return page
  }

  private func clusterPage(_ id: DocumentID, _ request: Request) throws -> Page {
    let pager = Pager(request, length: Self.columnCount - 1)
    let cluster = try run.ledger.duplicateCluster(
      of: id, members: pager.limit, offset: pager.offset)
    guard let cluster else {
      throw RequestFault(.notFound, "no document was dropped for \(id)")
    }
    let others = cluster.dropped
    var page = Page(
      "\(NumberText.grouped(cluster.count + 1)) near-duplicates, side by side", in: .duplicates)
    page.content.add(markup: "<div class=\"columns\">")
    page.content.add(try column(id, "stays"))
    for decision in others.prefix(pager.length) {
      guard case .record(let other) = decision.subject else { continue }
      page.content.add(try column(other, "dropped: \(decision.reason.similarityWords)"))
    }
    page.content.add(markup: "</div>")
    page.content.add(pager.html(Address("duplicates", id.description), found: others.count))
    return page
  }

  private func column(_ id: DocumentID, _ fate: String) throws -> HTML {
    let row = try run.ledger.document(id)
    let document = try run.extracted(id) ?? run.document(id).document
    var html = HTML(markup: "<article>")
    html.element("h2") { html in
      html.link(row?.title ?? id.description, to: Address("documents", id.description))
    }
    html.strange("p", class: "url", row?.url ?? "")
    html.strange("p", class: "why", fate)
    let text = document?.text ?? "The run does not hold its text any longer."
    html.strange("pre", text.prefix(Self.textLimit))
    if text.count > Self.textLimit { html.add("p", class: "muted", "… and so on") }
    html.add(markup: "</article>")
    return html
  }
}

extension Reason {
  /// The code and what was measured, without the detail.
  fileprivate var similarityWords: String {
    code.rawValue + (measured.map { ", similarity \(NumberText.fixed($0, 3))" } ?? "")
  }
}
