internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// The most nodes of a document on one page.
  private static let nodeLimit = 400
  /// The most rows of a list beside them.
  private static let listLimit = 200

  /// Routes `/documents` and `/documents/ID`.
  func documents(_ path: ArraySlice<String>, _ request: Request) throws -> Response {
    guard let text = path.first else { return try documentsPage(request).response() }
    guard path.count == 1, let id = DocumentID(text) else { throw Self.notFound }
    return try documentPage(id, request).response()
  }

  private func documentPage(_ id: DocumentID, _ request: Request) throws -> Page {
    let corpus = request.query["corpus"].flatMap { Corpus(rawValue: $0) }
    let document = try run.annotated(id, corpus: corpus)
    let row = document.view.row
    let title = row.title.flatMap { $0.trimmed.isEmpty ? nil : $0 }
    var page = Page(title ?? "Without a title", in: .documents)
    page.content.strange("p", class: "url", row.url)
    page.content.element("p") { html in
      html.add(Self.badges(Set(document.view.entries.map(\.corpus))))
    }
    for item in document.others where Self.isOfWhole(item) {
      page.content.add(Self.paragraph(item))
    }
    page.content.facts([
      ("language", row.language ?? "unknown"), ("nodes", NumberText.grouped(row.nodes)),
      ("images", NumberText.grouped(row.images)),
      ("characters", NumberText.grouped(row.characters)), ("identity", id.description),
    ])
    page.content.add(try origin(of: id))
    page.content.add(Self.positions(document.view.segments))
    page.content.add("h2", "The document")
    page.content.add(
      "p", class: "muted",
      document.view.corpus == nil
        ? "As it was extracted: no corpus holds it."
        : "As the corpus “\(document.view.corpus?.rawValue ?? "")” holds it, with what was taken out in "
          + "its place: a dotted edge and a reason.")
    let pager = Pager(request, length: Self.nodeLimit)
    let items = document.items.dropFirst(pager.offset)
    for item in items.prefix(pager.length) { page.content.add(Self.html(of: item)) }
    var address = Address("documents", id.description)
    if let corpus { address = address.with("corpus", corpus.rawValue) }
    page.content.add(pager.html(address, found: items.count))
    page.content.add(Self.others(document.others.filter { !Self.isOfWhole($0) }))
    return page
  }

  /// The record that the page stands in.
  private func origin(of id: DocumentID) throws -> HTML {
    var html = HTML()
    guard let record = try run.ledger.record(id) else { return html }
    html.add("h2", "Where it comes from")
    let place = record.location
    let input = try run.ledger.input(place.input)
    var facts = [
      ("archive", input?.path ?? "number \(place.input)"),
      (
        "bytes of the archive",
        place.memberLength > 0
          ? "\(NumberText.grouped(place.memberOffset)) – "
            + NumberText.grouped(place.memberOffset + place.memberLength)
          : "from \(NumberText.grouped(place.memberOffset))"
      ),
      (
        "record in them",
        "\(NumberText.grouped(place.recordLength)) bytes from "
          + NumberText.grouped(place.recordOffset)
      ),
      ("status", record.status.map(String.init) ?? "–"), ("media type", record.mediaType ?? "–"),
    ]
    if let original = record.original {
      facts.append(("payload of", "record \(original)"))
    }
    html.facts(facts)
    return html
  }

  /// Where the document's tokens stand in the shards.
  private static func positions(_ segments: [SegmentRow]) -> HTML {
    var html = HTML()
    html.add("h2", "Where its tokens are")
    if segments.isEmpty {
      html.add("p", class: "muted", "No shard holds a token of it.")
      return html
    }
    html.table(
      ["corpus", "sequence", "positions", "tokens", "from its token"], numbers: [3, 4],
      rows: segments.prefix(listLimit).map { segment in
        [
          .text(segment.corpus.rawValue),
          .link(
            "shard \(segment.shard), sequence \(segment.sequence)",
            to: sequence(segment.corpus, segment.shard, segment.sequence)),
          .text("\(segment.start) – \(segment.start + segment.length - 1)"),
          .text(NumberText.grouped(segment.length)),
          .text(NumberText.grouped(segment.documentOffset)),
        ]
      })
    if segments.count > listLimit {
      html.add("p", class: "muted", "and \(NumberText.grouped(segments.count - listLimit)) more")
    }
    return html
  }

  /// The decisions that are of no node that is shown, such as those of what extraction took out.
  private static func others(_ parts: [StageDecision]) -> HTML {
    var html = HTML()
    if parts.isEmpty { return html }
    html.add(markup: "<details class=\"more\"><summary>")
    html.add(
      "span", "\(NumberText.grouped(parts.count)) parts of the page that were taken out before")
    html.add(markup: "</summary>")
    for item in parts.prefix(listLimit) { html.add(paragraph(item)) }
    if parts.count > listLimit {
      html.add("p", class: "muted", "and \(NumberText.grouped(parts.count - listLimit)) more")
    }
    html.add(markup: "</details>")
    return html
  }

  /// Whether a decision is on all of the document.
  private static func isOfWhole(_ item: StageDecision) -> Bool {
    item.decision.path == nil && item.decision.place == nil
  }

  private static func paragraph(_ item: StageDecision) -> HTML {
    let decision = item.decision
    let place = decision.path ?? decision.place.map { "number \($0)" }
    var html = HTML()
    html.element("p", class: "why") { html in
      html.strange("span", sentence(item) + (place.map { " (\($0))" } ?? ""))
      // The detail of a duplicate names the document that stays.
      if item.stage == .deduplicate, let id = decision.reason.detail.flatMap({ DocumentID($0) }) {
        html.link("side by side", to: Address("duplicates", id.description))
      }
    }
    return html
  }

  /// A decision as a sentence.
  static func sentence(_ item: StageDecision) -> String {
    "\(item.stage.rawValue) dropped \(item.decision.unit.words): \(item.decision.reason.words)"
  }
}
