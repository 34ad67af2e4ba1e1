public import Documents
public import HTMLTree

/// Reads the text and images of a page's content, in reading order, out of its bytes.
///
/// A page is parsed to a flat tree and cut into blocks of text; a small model tells which blocks are
/// content from their text, links, places and surroundings; images are content where the text around
/// them is. It takes time linear in the page's length, and the same bytes give the same document on
/// every machine.
public struct Extractor: Sendable {
  /// What is extracted and within which bounds.
  public struct Options: Hashable, Sendable {
    /// Whether the document holds images, its text being the same either way.
    public var images = true
    /// The bounds of a page's tree.
    public var limits = TreeLimits()
    /// The most nodes of a document, and the most rows of what was dropped.
    public var maximumNodes = 20_000

    /// Makes the default options.
    public init() {}
  }

  private let options: Options

  /// Makes an extractor.
  public init(options: Options = Options()) { self.options = options }

  /// Extracts the document of a page.
  ///
  /// `contentType` is the value of the response's header field, `url` the page's address, against
  /// which relative addresses are resolved. A page without content gives the reason
  /// ``/Documents/Reason/Code/noText``; no page gives an error.
  public func extract(
    body: [UInt8], contentType: String?, url: String, id: DocumentID
  ) -> Extraction {
    switch HTMLTree.parse(body, contentType: contentType, limits: options.limits) {
    case .dropped(let reason): Extraction(document: .dropped(reason), dropped: [])
    case .kept(let tree): extract(Page(tree), url: url, id: id)
    }
  }

  private func extract(_ page: Page, url: String, id: DocumentID) -> Extraction {
    let head = PageHead(page.tree, url: url)
    let content = ContentSelection(
      probabilities: BlockModel.standard.probabilities(page.features),
      words: page.features.measures.map { Float($0.words) },
      isHeading: page.segments.blocks.map { $0.kind == .heading })
    let images = ImageSelection(page, content, base: head.base)
    var dropped = excess(of: page)
    dropped += DroppedParts.rows(page, content, images, limit: options.maximumNodes)
    // A page that only scripts fill may say to machines what it shows no one else.
    var nodes =
      content.isKept.contains(true)
      ? NodeWriter.nodes(page, content, options.images ? images.kept : [])
      : LinkedDataText.nodes(of: page.tree)
    guard !nodes.isEmpty else {
      return Extraction(document: .dropped(Reason(.noText)), dropped: dropped)
    }
    if nodes.count > options.maximumNodes {
      dropped.append(cut(&nodes))
    }
    let dates = PageDates(page.tree)
    let document = InterleavedDocument(
      id: id, url: url, title: head.title, language: head.language,
      canonicalURL: head.canonicalURL, published: dates.published, modified: dates.modified,
      optOuts: head.optOuts.isEmpty ? nil : OptOut.allCases.filter(head.optOuts.contains),
      nodes: nodes)
    return Extraction(document: .kept(document), dropped: dropped)
  }

  /// A row for each bound of the tree that the page broke.
  private func excess(of page: Page) -> [DroppedNode] {
    var rows: [DroppedNode] = []
    if page.tree.excess.isCut || page.segments.isCut {
      rows.append(DroppedNode(path: "/", isImage: false, reason: Reason(.pageCut), characters: 0))
    }
    if page.tree.excess.contains(.depth) {
      let reason = Reason(.tooDeep, threshold: Double(options.limits.depth))
      rows.append(DroppedNode(path: "/", isImage: false, reason: reason, characters: 0))
    }
    return rows
  }

  /// Takes the nodes beyond the bound off a document.
  private func cut(_ nodes: inout [Node]) -> DroppedNode {
    let count = nodes.count
    let rest = nodes[options.maximumNodes...]
    let characters = rest.reduce(0) { sum, node in
      if case .text(let text) = node { sum + text.text.unicodeScalars.count } else { sum }
    }
    let path = rest.first?.path ?? "/"
    nodes.removeSubrange(options.maximumNodes...)
    return DroppedNode(
      path: path, isImage: false,
      reason: Reason(
        .tooManyNodes, measured: Double(count), threshold: Double(options.maximumNodes)),
      characters: characters)
  }
}
