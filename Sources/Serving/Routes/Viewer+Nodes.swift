internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// The longest text of a node that is shown, in characters.
  private static let textLimit = 20_000

  /// A node of a document with its origin and what became of it.
  static func html(of item: AnnotatedDocument.Item) -> HTML {
    var html = HTML(markup: "<div class=\"item\(item.isKept ? "" : " gone")\">\n")
    let kind: String
    switch item.node {
    case .text(let text):
      html.add(block(text))
      kind = text.kind.rawValue + (text.level.map { " \($0)" } ?? "")
    case .image(let image):
      html.add(figure(image))
      kind = "image"
    }
    for decision in item.decisions { html.strange("p", class: "why", sentence(decision)) }
    html.element("p", class: "origin") { html in
      html.add(
        "span", (item.isKept ? "" : "taken out · ") + (item.isChanged ? "changed · " : "") + kind)
      html.strange("code", item.node.path)
    }
    html.add(markup: "</div>")
    return html
  }

  private static func block(_ text: TextNode) -> HTML {
    let name =
      switch text.kind {
      case .heading: "h3"
      case .code, .table: "pre"
      case .quote: "blockquote"
      default: "p"
      }
    var html = HTML()
    html.strange(name, class: "node \(text.kind.rawValue)", text.text.prefix(textLimit))
    if text.text.count > textLimit {
      html.add(
        "p", class: "muted", "… and so on, \(NumberText.grouped(text.text.count)) characters in all"
      )
    }
    return html
  }

  private static func figure(_ image: ImageReference) -> HTML {
    var html = HTML(markup: "<figure>")
    if let resolved = image.resolved {
      html.picture(resolved.digest, side: 240, alt: image.alt ?? image.caption ?? "")
    }
    html.add(markup: "<figcaption>")
    html.strange("span", class: "url", image.url)
    for (name, text) in [("alternative text", image.alt), ("caption", image.caption)] {
      guard let text else { continue }
      html.element("p", class: "node") { html in
        html.add("span", class: "muted", name + ":")
        html.strange("span", text.prefix(2000))
      }
    }
    html.add(markup: "</figcaption></figure>")
    return html
  }
}
