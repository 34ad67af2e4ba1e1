internal import Documents
internal import Inspection

extension Viewer {
  /// What has the words of a text, a stretch of the corpora at a time.
  func textPage(_ request: Request, _ text: String, _ kind: SearchForm.Kind) throws -> Page {
    let corpus: Corpus =
      kind == .pairs
      ? .pairs : request.query["corpus"].flatMap { Corpus(rawValue: $0) } ?? .text
    let search = CorpusSearch(corpus, for: text)
    let start = CorpusSearch.Place(
      part: request.number("part") ?? 0, sample: request.number("sample") ?? 0)
    guard let stretch = try searches.pass({ try run.search(search, from: start) }) else {
      throw RequestFault(.unavailable, "two searches are going on; ask again in a second")
    }
    var page = Page("\(kind == .pairs ? "Pairs" : "Documents") with “\(text)”", in: kind.section)
    page.search = Self.form(request, kind)
    page.content.add("p", class: "muted", Self.words(stretch, corpus, start))
    if stretch.hits.isEmpty { page.content.add(nothing) }
    page.content.add(markup: "<ol class=\"list\">")
    for hit in stretch.hits { page.content.add(Self.entry(hit)) }
    page.content.add(markup: "</ol>")
    let address = Self.address(request, kind)
    page.content.element("ul", class: "tabs") { html in
      if let next = stretch.next {
        let more = address.with("part", String(next.part)).with("sample", String(next.sample))
        html.element("li") { $0.link("Go on searching →", to: more) }
      }
      if kind == .documents {
        let other = corpus == .text ? Corpus.interleaved : .text
        let elsewhere = address.with("corpus", other.rawValue)
        html.element("li") { $0.link("Search the \(other.rawValue) corpus", to: elsewhere) }
      }
    }
    return page
  }

  private static func words(
    _ stretch: CorpusSearch.Stretch, _ corpus: Corpus, _ start: CorpusSearch.Place
  ) -> String {
    let unit = corpus == .pairs ? "pairs" : "documents"
    let hits = "\(NumberText.grouped(stretch.hits.count)) found in "
    let seen = "\(NumberText.grouped(stretch.seen)) \(unit) of the \(corpus.rawValue) corpus"
    let place = start == CorpusSearch.Place() ? "" : " from the place where the page before ended"
    return hits + seen + place
      + (stretch.next == nil ? "; that was all." : ". The rest was not looked through yet.")
  }

  private static func entry(_ hit: CorpusSearch.Hit) -> HTML {
    var html = HTML(markup: "<li>")
    let title = hit.title.flatMap { $0.trimmed.isEmpty ? nil : $0 }
    html.link(title ?? hit.url, to: Address("documents", hit.document.description))
    if title != nil { html.strange("p", class: "url", hit.url) }
    html.element("p") { html in
      html.add(
        markup: "<bdi>\(HTML.escape(hit.excerpt[0]))<mark>\(HTML.escape(hit.excerpt[1]))</mark>"
          + "\(HTML.escape(hit.excerpt[2]))</bdi>")
    }
    if let image = hit.image { html.picture(image, side: 240, alt: hit.excerpt.joined()) }
    html.add(markup: "</li>")
    return html
  }
}

extension SearchForm.Kind {
  /// The part of the viewer that shows things of the kind.
  var section: Page.Section {
    switch self {
    case .documents: .documents
    case .images: .images
    case .pairs: .pairs
    }
  }
}
