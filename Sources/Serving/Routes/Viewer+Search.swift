internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// Leads from the search form to the page that has an address of its own for what was asked.
  func searchAnswer(_ request: Request) throws -> Response {
    var form = SearchForm()
    form.text = request.text("q") ?? ""
    form.kind = request.query["kind"].flatMap { SearchForm.Kind(rawValue: $0) } ?? .documents
    form.criterion =
      request.query["by"].flatMap { SearchForm.Criterion(rawValue: $0) } ?? .anything
    var response = Response(.seeOther, html: "")
    response.fields["Location"] = try target(form).text
    return response
  }

  private func target(_ form: SearchForm) throws -> Address {
    let text = form.text
    let list = Address(form.kind.rawValue)
    if text.isEmpty { return list }
    switch try criterion(form) {
    case .identity:
      if Digest(text) != nil { return Address("images", text.lowercased()) }
      return Address("documents", text.lowercased())
    case .reason: return Address("reasons", text)
    case .url:
      // An image's own URL is seldom that of a page.
      if form.kind == .documents, text.contains("://"),
        try run.ledger.documents(.url(text), limit: 1, offset: 0).isEmpty,
        try !run.ledger.images(urlPrefix: text, limit: 1, offset: 0).isEmpty
      {
        return Address("images").with("url", text)
      }
      return list.with("url", text)
    case .domain: return list.with("domain", text.lowercased())
    case .text, .anything: return list.with("text", text)
    }
  }

  /// What a text most likely is.
  private func criterion(_ form: SearchForm) throws -> SearchForm.Criterion {
    if form.criterion != .anything { return form.criterion }
    let text = form.text
    if DocumentID(text) != nil || Digest(text) != nil { return .identity }
    if text.contains("://") { return .url }
    if text.contains(where: \.isWhitespace) { return .text }
    if try !run.ledger.documents(.domain(text.lowercased()), limit: 1, offset: 0).isEmpty {
      return .domain
    }
    return try Self.places(of: text, in: run.ledger.funnel()).isEmpty ? .text : .reason
  }

  /// The filter that a request for a list names, and what it is in words.
  func filter(_ request: Request) throws -> (filter: DocumentFilter, words: String) {
    if let url = request.text("url") {
      if url.contains("://") { return (.url(url), "whose URL begins with “\(url)”") }
      // Without a scheme the two of the web are tried.
      let secure = DocumentFilter.url("https://" + url)
      let isSecure = try !run.ledger.documents(secure, limit: 1, offset: 0).isEmpty
      return (
        isSecure ? secure : .url("http://" + url),
        "whose URL begins with “\(isSecure ? "https" : "http")://\(url)”"
      )
    }
    if let domain = request.text("domain") {
      return (.domain(domain), "of the domain “\(domain)”")
    }
    if let corpus = request.query["corpus"].flatMap({ Corpus(rawValue: $0) }) {
      return (.corpus(corpus), "of the corpus “\(corpus.rawValue)”")
    }
    return (.all, "")
  }

  /// The search form as it was filled in for a list.
  static func form(_ request: Request, _ kind: SearchForm.Kind) -> SearchForm {
    for criterion in [SearchForm.Criterion.url, .domain, .text] {
      if let text = request.text(criterion.rawValue) {
        return SearchForm(text: text, kind: kind, criterion: criterion)
      }
    }
    return SearchForm(kind: kind)
  }

  /// The address of a list with the filter of a request.
  static func address(_ request: Request, _ kind: SearchForm.Kind) -> Address {
    var address = Address(kind.rawValue)
    for name in ["url", "of", "domain", "corpus", "text"] {
      if let text = request.text(name) { address = address.with(name, text) }
    }
    return address
  }
}
