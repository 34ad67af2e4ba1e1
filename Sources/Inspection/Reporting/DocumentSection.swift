internal import Documents
internal import Provenance

/// Documents drawn from the corpora, with their images in place.
enum DocumentSection {
  /// The most characters and images of a document that are shown.
  private static let characterLimit = 1400
  private static let imageLimit = 3

  static func make(_ run: InspectedRun, count: Int, seed: UInt64) throws -> ReportSection? {
    // Documents with images first: they are what the corpora are for.
    let interleaved = try run.ledger.sample(.interleaved, count: max(count * 7 / 10, 1), seed: seed)
    let text = try run.ledger.sample(.text, count: count, seed: seed)
      .filter { !interleaved.contains($0) }.prefix(max(count - interleaved.count, 0))
    if interleaved.isEmpty && text.isEmpty { return nil }
    var html = HTML()
    html.add(
      "p",
      "Drawn by the seed \(seed) from the interleaved and the text corpus, as they stand there.")
    html.add(markup: "<div class=\"documents\">")
    for id in interleaved { html.add(try article(run, id, .interleaved)) }
    for id in text { html.add(try article(run, id, .text)) }
    html.add(markup: "</div>")
    return ReportSection(
      id: "documents", title: "\(interleaved.count + text.count) documents", content: html)
  }

  private static func article(
    _ run: InspectedRun, _ id: DocumentID, _ corpus: Corpus
  ) throws -> HTML {
    guard let entry = try run.ledger.entries(of: id).first(where: { $0.corpus == corpus }) else {
      return HTML()
    }
    let sample = try run.sample(entry)
    let document = try sample.value(InterleavedDocument.self)
    var html = HTML(markup: "<article\(language(document))>")
    html.add(markup: "<header><span class=\"badge \(corpus.rawValue)\">\(corpus.rawValue)</span>")
    html.add(markup: "<h3 dir=\"auto\">\(HTML.escape(document.title ?? "Without a title"))</h3>")
    html.add(markup: "<p class=\"url\" dir=\"auto\">\(HTML.escape(document.url))</p>")
    html.add(markup: "</header>")
    var room = characterLimit
    var images = sample.images.map(\.bytes)[...]
    var shown = 0
    for node in document.nodes where room > 0 {
      switch node {
      case .text(let text): html.add(block(text, &room))
      case .image(let image):
        guard image.resolved != nil, let bytes = images.popFirst() else { continue }
        if shown < imageLimit { html.add(figure(image, bytes)) }
        shown += 1
      }
    }
    if room <= 0 { html.add("p", class: "muted", "… and so on") }
    html.add("footer", class: "muted", "document \(id)")
    html.add(markup: "</article>")
    return html
  }

  /// The language that the page declares, where it is one that a tag can name.
  private static func language(_ document: InterleavedDocument) -> String {
    guard let language = document.language, !language.isEmpty, language.utf8.count <= 35,
      language.utf8.allSatisfy({ UInt8(ascii: "-") == $0 || isLetterOrDigit($0) })
    else { return "" }
    return " lang=\"\(language)\""
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private static func block(_ text: TextNode, _ room: inout Int) -> HTML {
    let shown = text.text.prefix(room)
    room -= shown.count
    let name =
      switch text.kind {
      case .heading: "h4"
      case .code, .table: "pre"
      case .quote: "blockquote"
      default: "p"
      }
    let style = "node \(text.kind.rawValue)"
    return HTML(
      markup: "<\(name) class=\"\(style)\" dir=\"auto\">\(HTML.escape(shown))</\(name)>")
  }

  private static func figure(_ image: ImageReference, _ bytes: [UInt8]) -> HTML {
    var html = HTML(markup: "<figure class=\"picture\">")
    html.add(PictureMarkup.of(bytes, alt: image.alt ?? image.caption ?? ""))
    if let caption = image.caption ?? image.alt {
      html.add(markup: "<figcaption dir=\"auto\">\(HTML.escape(caption.prefix(240)))</figcaption>")
    }
    html.add(markup: "</figure>")
    return html
  }
}

/// Images in a report.
enum PictureMarkup {
  /// An image file as a small picture, or words where it cannot be decoded.
  static func of(_ bytes: [UInt8], alt: String, side: Int = Thumbnail.side) -> HTML {
    guard let picture = Thumbnail(of: bytes, side: side) else {
      return HTML(markup: "<p class=\"muted\">an image that cannot be decoded</p>")
    }
    return HTML(
      markup: "<img src=\"\(picture.source)\" width=\"\(picture.width)\" "
        + "height=\"\(picture.height)\" alt=\"\(HTML.escape(alt.isEmpty ? "an image without words" : alt.prefix(240)))\" loading=\"lazy\">"
    )
  }
}
