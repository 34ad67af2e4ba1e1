internal import Curation
internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// Documents by URL, domain or corpus, or all; by text where the request has one.
  func documentsPage(_ request: Request) throws -> Page {
    if let text = request.text("text") { return try textPage(request, text, .documents) }
    let (filter, words) = try filter(request)
    let pager = Pager(request, length: 25)
    let found = try run.ledger.documents(filter, limit: pager.limit, offset: pager.offset)
    var page = Page(words.isEmpty ? "Documents" : "Documents \(words)", in: .documents)
    page.search = Self.form(request, .documents)
    page.content.add(try corpusTabs(request))
    if found.isEmpty { page.content.add(nothing) }
    page.content.add(markup: "<ol class=\"list\">")
    for row in found.prefix(pager.length) { page.content.add(try entry(row)) }
    page.content.add(markup: "</ol>")
    page.content.add(pager.html(Self.address(request, .documents), found: found.count))
    return page
  }

  /// Pairs by the URL or domain of their page, or all; by caption where the request has a text.
  func pairsPage(_ request: Request) throws -> Page {
    if let text = request.text("text") { return try textPage(request, text, .pairs) }
    let (filter, words) = try filter(request)
    let pager = Pager(request, length: 24)
    let found = try run.ledger.pairs(filter, limit: pager.limit, offset: pager.offset)
    var page = Page(words.isEmpty ? "Image-caption pairs" : "Pairs of pages \(words)", in: .pairs)
    page.search = Self.form(request, .pairs)
    page.content.add(Self.limitNote(filter))
    if found.isEmpty { page.content.add(nothing) }
    page.content.add(markup: "<ul class=\"gallery\">")
    let rows = found.prefix(pager.length)
    let entries = try rows.map { row in
      try run.ledger.entries(of: row.document).first {
        $0.corpus == .pairs && $0.image == row.image
      }
    }
    let samples = try run.samples(entries.compactMap(\.self))
    for (row, entry) in zip(rows, entries) {
      let pair = try entry.flatMap { samples[$0] }?.value(ImageTextPair.self)
      page.content.add(Self.figure(row, pair))
    }
    page.content.add(markup: "</ul>")
    page.content.add(pager.html(Self.address(request, .pairs), found: found.count))
    return page
  }

  /// Images by their own URL, by the URL or domain of a page that shows them, or all.
  func imagesPage(_ request: Request) throws -> Page {
    let pager = Pager(request, length: 40)
    let own = try ownURL(request)
    let (filter, words) = try filter(request)
    let found =
      try own.map {
        try run.ledger.images(urlPrefix: $0, limit: pager.limit, offset: pager.offset)
      } ?? run.ledger.images(filter, limit: pager.limit, offset: pager.offset)
    let title =
      own.map { "Images whose own URL begins with “\($0)”" }
      ?? (words.isEmpty ? "Images" : "Images of pages \(words)")
    var page = Page(title, in: .images)
    page.search = Self.form(request, .images)
    if let url = request.text("url") { page.content.add(Self.urlTabs(url, isOwn: own != nil)) }
    if own == nil { page.content.add(Self.limitNote(filter)) }
    if request.text("text") != nil {
      page.content.add(
        markup:
          "<p class=\"notice\">Images have no text of their own: search pairs for words of their "
          + "captions. These are all images.</p>")
    }
    if found.isEmpty { page.content.add(nothing) }
    page.content.add(markup: "<ul class=\"gallery\">")
    for image in found.prefix(pager.length) {
      page.content.element("li") { html in
        html.element("figure") { html in
          html.picture(image.digest, side: 240, alt: "")
          html.strange("figcaption", class: "url", image.url.suffix(120))
        }
      }
    }
    page.content.add(markup: "</ul>")
    page.content.add(pager.html(Self.address(request, .images), found: found.count))
    return page
  }

  /// The URL that images themselves are asked for by; `nil` where pages are meant.
  ///
  /// Without a word of which, it is that of images where any has it.
  private func ownURL(_ request: Request) throws -> String? {
    guard let url = request.text("url"), request.query["of"] != "pages" else { return nil }
    let candidates = url.contains("://") ? [url] : ["https://" + url, "http://" + url]
    let found = try candidates.first {
      try !run.ledger.images(urlPrefix: $0, limit: 1, offset: 0).isEmpty
    }
    return found ?? (request.query["of"] == "images" ? candidates[0] : nil)
  }

  /// The two ways to understand a URL: as that of images, and as that of pages.
  private static func urlTabs(_ url: String, isOwn: Bool) -> HTML {
    var html = HTML(markup: "<nav aria-label=\"Whose URL\"><ul class=\"tabs\">\n")
    for (of, words) in [
      ("images", "of the images themselves"), ("pages", "of pages that show them"),
    ] {
      let address = Address("images", query: [("url", url), ("of", of)]).text
      let current = isOwn == (of == "images") ? " aria-current=\"page\"" : ""
      html.add(markup: "<li><a href=\"\(HTML.escape(address))\"\(current)>\(words)</a></li>")
    }
    html.add(markup: "</ul></nav>")
    return html
  }

  /// What a list says that goes through the pages of a filter.
  private static func limitNote(_ filter: DocumentFilter) -> HTML {
    var html = HTML()
    switch filter {
    case .all, .corpus: break
    case .url, .domain:
      html.add(
        "p", class: "muted", "Of the first \(NumberText.grouped(Ledger.pageLimit)) of these pages.")
    }
    return html
  }

  /// What a list without entries says.
  var nothing: HTML { HTML(markup: "<p class=\"notice\">Nothing was found.</p>") }

  private func corpusTabs(_ request: Request) throws -> HTML {
    var html = HTML(markup: "<nav aria-label=\"Corpora\"><ul class=\"tabs\">\n")
    let chosen = request.query["corpus"]
    let isPlain = request.text("url") == nil && request.text("domain") == nil
    let tabs = [nil] + Corpus.allCases.map(\.rawValue)
    for name in tabs {
      let address = name.map { Address("documents", query: [("corpus", $0)]) }
      let current = isPlain && name == chosen ? " aria-current=\"page\"" : ""
      html.add(
        markup: "<li><a href=\"\((address ?? Address("documents")).text)\"\(current)>"
          + "\(name ?? "all that were extracted")</a></li>")
    }
    html.add(markup: "</ul></nav>")
    return html
  }

  private func entry(_ row: DocumentRow) throws -> HTML {
    let corpora = Set(try run.ledger.entries(of: row.id).map(\.corpus))
    var html = HTML(markup: "<li>")
    html.link(
      row.title.flatMap { $0.trimmed.isEmpty ? nil : $0 } ?? "Without a title",
      to: Address("documents", row.id.description))
    html.strange("p", class: "url", row.url)
    html.element("p", class: "muted") { html in
      html.add(Self.badges(corpora))
      html.strange(
        "span",
        "\(NumberText.grouped(row.characters)) characters · "
          + "\(NumberText.grouped(row.nodes)) nodes · \(NumberText.grouped(row.images)) images"
          + (row.language.map { " · \($0)" } ?? ""))
    }
    html.add(markup: "</li>")
    return html
  }

  private static func figure(_ row: PairRow, _ pair: ImageTextPair?) -> HTML {
    var html = HTML(markup: "<li><figure>")
    html.picture(row.digest, side: 240, alt: pair?.caption ?? "")
    html.add(markup: "<figcaption>")
    html.strange("span", pair?.caption.prefix(280) ?? "")
    html.add("span", class: "muted", row.source == .caption ? "caption" : "alternative text")
    html.link("document", to: Address("documents", row.document.description))
    html.add(markup: "</figcaption></figure></li>")
    return html
  }

  /// The corpora that hold a document.
  static func badges(_ corpora: Set<Corpus>) -> HTML {
    var html = HTML()
    for corpus in Corpus.allCases where corpora.contains(corpus) {
      html.add("span", class: "badge \(corpus.rawValue)", corpus.rawValue)
    }
    if corpora.isEmpty { html.add("span", class: "badge plain", "in no corpus") }
    return html
  }
}
