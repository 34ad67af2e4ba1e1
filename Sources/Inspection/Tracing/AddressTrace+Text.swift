internal import Documents
internal import Provenance

extension AddressTrace {
  /// The trace as text for a terminal: each page, its corpora, shards and sequences.
  public func text(_ style: TextStyle = TextStyle()) -> String {
    if pages.isEmpty { return "\(query.words): no page of the run\n" }
    var lines = [
      style.paint(
        "\(query.words): \(pages.count) \(pages.count == 1 ? "page" : "pages")", .heading)
    ]
    for page in pages { lines += [""] + page.lines(style) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension AddressTrace.Query {
  /// What is looked for, in words.
  var words: String {
    switch self {
    case .url(let url): VisibleText.of(url)
    case .prefix(let prefix): VisibleText.of(prefix) + "…"
    case .domain(let domain): "domain " + VisibleText.of(domain)
    case .image(let digest): "image \(digest)"
    }
  }
}

extension AddressTrace.Page {
  fileprivate func lines(_ style: TextStyle) -> [String] {
    let place = record.location
    var lines = [
      style.paint(VisibleText.of(record.url ?? "a record without URL"), .accent),
      "  record    \(record.id), input \(place.input), byte "
        + NumberText.grouped(place.memberOffset),
    ]
    if let document {
      lines.append(
        "  document  \(NumberText.grouped(document.nodes)) nodes, "
          + "\(NumberText.grouped(document.images)) images, "
          + "\(NumberText.grouped(document.characters)) characters")
    } else {
      let reason = record.reason.map { ": \(VisibleText.of($0.rawValue))" } ?? ""
      lines.append("  document  none" + reason)
    }
    for corpus in Corpus.crawled { lines += self.lines(of: corpus) }
    let whole = decisions.filter { $0.decision.path == nil && $0.decision.place == nil }
    for item in whole {
      lines.append(
        "  " + style.paint("dropped   ", .dropped)
          + "by \(item.stage.rawValue), \(item.decision.unit.words): "
          + VisibleText.of(item.decision.reason.description))
    }
    let parts = decisions.count - whole.count
    if parts > 0 {
      lines.append("  dropped   \(NumberText.grouped(parts)) of its text blocks and images")
    }
    return lines
  }

  private func lines(of corpus: Corpus) -> [String] {
    let entries = entries.filter { $0.corpus == corpus }
    if entries.isEmpty { return [] }
    let places = segments.filter { $0.corpus == corpus }
    let count = corpus == .pairs ? "\(entries.count) pairs" : "1 document"
    var line = "  " + "\(corpus.rawValue)".padded(to: 12) + count
    line += places.isEmpty ? ", in no shard" : ", in"
    var lines = [line]
    for segment in places.prefix(20) {
      lines.append(
        "    shard \(segment.shard), sequence \(segment.sequence), positions "
          + "\(segment.start) – \(segment.start + segment.length - 1)")
    }
    if places.count > 20 { lines.append("    and \(NumberText.grouped(places.count - 20)) more") }
    return lines
  }
}
