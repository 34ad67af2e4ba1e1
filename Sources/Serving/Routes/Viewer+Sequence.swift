internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// A packed sequence, token by token.
  func sequencePage(_ corpus: Corpus, _ shard: Int, _ index: Int) throws -> Page {
    let view = try run.sequence(corpus, shard: shard, sequence: index)
    var page = Page("Sequence \(index) of \(corpus.rawValue) shard \(shard)", in: .shards)
    page.content.facts([
      ("for", view.shard.split.rawValue), ("tokens", NumberText.grouped(view.length)),
      ("targets of the loss", NumberText.grouped(view.targets)),
      ("images", NumberText.grouped(view.images.count)),
      ("runs of documents", NumberText.grouped(view.runs.count)),
    ])
    page.content.add(neighbours(view))
    page.content.add(
      markup: "<p class=\"muted tokens\"><span>A token underlined</span> is a target of the loss; "
        + "<span class=\"masked\">a dotted one</span> is not. Every other token is shaded, and each frame is "
        + "a run of one document. Point at a token to see its position and id.</p>")
    var rest = view.items[...]
    let borders = view.runs.map(\.segment.start) + [Int.max]
    if let first = borders.first, first > 0 {
      page.content.add(Self.frame(nil, &rest, until: first, view))
    }
    for (run, end) in zip(view.runs, borders.dropFirst()) {
      page.content.add(Self.frame(run, &rest, until: end, view))
    }
    return page
  }

  private func neighbours(_ view: SequenceView) -> HTML {
    let (corpus, shard) = (view.shard.corpus, view.shard.shard)
    var html = HTML(markup: "<nav aria-label=\"Neighbours\"><ul class=\"tabs\">")
    html.element("li") {
      $0.link("the shard", to: Address("shards", corpus.rawValue, String(shard)))
    }
    if view.sequence > 0 {
      html.element("li") {
        $0.link("← before", to: Self.sequence(corpus, shard, view.sequence - 1))
      }
    }
    if view.sequence + 1 < view.shard.sequences {
      html.element("li") {
        $0.link("after →", to: Self.sequence(corpus, shard, view.sequence + 1))
      }
    }
    html.add(markup: "</ul></nav>")
    return html
  }

  /// The tokens up to a position, in a frame that names their document.
  private static func frame(
    _ run: SequenceView.Run?, _ rest: inout ArraySlice<SequenceView.Item>, until end: Int,
    _ view: SequenceView
  ) -> HTML {
    var html = HTML(markup: "<section class=\"run\">")
    if let run {
      html.element("h2") { html in
        html.link(
          run.url ?? run.segment.document.description,
          to: Address("documents", run.segment.document.description))
      }
      let segment = run.segment
      html.add(
        "p", class: "muted",
        "positions \(segment.start) – \(segment.start + segment.length - 1), its tokens from "
          + "\(segment.documentOffset) on")
    }
    // Line feeds between the elements would be shown.
    var markup = "<div class=\"tokens\">"
    while let item = rest.first, item.position < end {
      rest = rest.dropFirst()
      markup += token(item, view)
    }
    html.add(markup: markup + "</div></section>")
    return html
  }

  private static func token(_ item: SequenceView.Item, _ view: SequenceView) -> String {
    if let number = item.image, view.images.indices.contains(number) {
      return image(view.images[number], item)
    }
    let isSpecial = item.piece.hasPrefix("<") && item.piece.hasSuffix(">")
    // The model's mark of a space (U+2581).
    let text = isSpecial ? item.piece : String(item.piece.map { $0 == "\u{2581}" ? " " : $0 })
    let styles = [isSpecial ? "special" : nil, item.isTarget ? nil : "masked"].compactMap(\.self)
    let style = styles.isEmpty ? "" : " class=\"\(styles.joined(separator: " "))\""
    let title = "position \(item.position), id \(item.token)"
    let lineEnd = item.piece == "</line>" ? "\n" : ""
    return "<span\(style) title=\"\(title)\">\(HTML.escape(text))</span>\(lineEnd)"
  }

  private static func image(_ image: SequenceView.Image, _ item: SequenceView.Item) -> String {
    var html = HTML(markup: "<figure>")
    html.picture(image.digest, side: 240, alt: image.url ?? "")
    html.add(
      "figcaption",
      "positions \(item.position) – \(item.position + item.length - 1), row \(image.row)"
        + (item.isTarget ? ", a target at its end" : ""))
    html.add(markup: "</figure>")
    // Line feeds between elements would be shown.
    return html.markup.split(separator: "\n").joined()
  }
}
