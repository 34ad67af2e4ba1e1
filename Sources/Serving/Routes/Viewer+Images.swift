internal import Documents
internal import Inspection
internal import Provenance

extension Viewer {
  /// Routes `/images`, `/images/DIGEST` and `/images/DIGEST/picture`.
  func images(_ path: ArraySlice<String>, _ request: Request) throws -> Response {
    guard let text = path.first else { return try imagesPage(request).response() }
    guard let digest = Digest(text) else { throw Self.notFound }
    switch path.dropFirst() {
    case []: return try imagePage(digest).response()
    case ["picture"]: return try picture(digest, request)
    default: throw Self.notFound
    }
  }

  private func picture(_ digest: Digest, _ request: Request) throws -> Response {
    guard let side = request.number("side"), Pictures.sides.contains(side) else {
      throw RequestFault(.notFound, "pictures have sides of 240 or 1024")
    }
    guard let picture = pictures.picture(of: try run.imageFile(digest), side: side) else {
      throw RequestFault(.notFound, "image \(digest) cannot be decoded, or is too large to show")
    }
    var response = Response(type: picture.type, body: picture.bytes)
    // The name is a digest of the image: what it names does not change.
    response.fields["Cache-Control"] = "private, max-age=86400, immutable"
    return response
  }

  private func imagePage(_ digest: Digest) throws -> Page {
    let found = try run.ledger.images(digest: digest, limit: 100)
    let shown = try run.ledger.documentImages(digest: digest, limit: 200)
    let decisions = try run.ledger.decisions(on: .image(digest), limit: 100)
    guard !found.isEmpty || !shown.isEmpty || !decisions.isEmpty else {
      throw RequestFault(.notFound, "the run has no image \(digest)")
    }
    var page = Page("Image \(digest.description.prefix(12))", in: .images)
    if let image = found.first {
      page.content.element("div", class: "large") { $0.picture(digest, side: 1024, alt: image.url) }
      page.content.facts([
        ("format", image.format.rawValue), ("size", "\(image.width) × \(image.height)"),
        ("file", NumberText.bytes(image.bytes)), ("SHA-256", digest.description),
      ])
    }
    for decision in decisions { page.content.strange("p", class: "why", Self.sentence(decision)) }
    page.content.add("h2", "Where it was found")
    page.content.element("ul", class: "list") { html in
      for image in found { html.strange("li", image.url) }
    }
    page.content.add("h2", "Documents that show it")
    if shown.isEmpty { page.content.add("p", class: "muted", "None that curation looked at.") }
    page.content.element("ol", class: "list") { html in
      for image in shown {
        html.element("li") { html in
          let row = try? run.ledger.document(image.document)
          html.link(
            row?.title ?? image.document.description,
            to: Address("documents", image.document.description))
          html.strange("p", class: "url", row?.url ?? "")
        }
      }
    }
    if shown.count == 200 { page.content.add("p", class: "muted", "The first 200 of them.") }
    return page
  }
}
