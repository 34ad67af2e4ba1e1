import Documents
import HTMLTree

/// Cuts a page into blocks of text and images, in reading order, in one pass over its nodes.
struct Segmenter {
  /// The most blocks of a page; the features of as many take some 50 MiB.
  private static let maximumBlocks = 1 << 16
  /// The most images of a page; a document has at most 20,000 nodes.
  private static let maximumImages = 1 << 14
  /// The least text, in bytes, by which a `noscript` element is known to hold a page of its own.
  private static let noscriptPage = 400

  /// Signs that bind to the words beside them, as in addresses, calls and quotations.
  private static let binding = Set("([{<-_/'\"@#.,:;!?)]}>".utf8)

  private let tree: HTMLTree
  private let outline: Outline
  private var text = CollapsedText()
  private var segments = Segments()
  /// The open elements that lay out blocks.
  private var open: [Int] = []
  private var linkEnd = 0
  private var preformattedEnd = 0
  private var breaks = 0
  private var firstNode = -1
  private var linkBytes = 0
  private var links = 0

  /// The blocks and images of a page.
  static func segments(of tree: HTMLTree, _ outline: Outline) -> Segments {
    var segmenter = Segmenter(tree: tree, outline: outline)
    segmenter.run()
    segmenter.segments.text = segmenter.text.bytes
    return segmenter.segments
  }

  private init(tree: HTMLTree, outline: Outline) {
    self.tree = tree
    self.outline = outline
  }

  private mutating func run() {
    var index = 0
    while index < tree.nodes.count {
      while let last = open.last, tree.nodes[last].end <= index {
        flush()
        open.removeLast()
      }
      index = visit(index)
    }
    flush()
  }

  /// Reads one node; returns the index of the next one to read.
  private mutating func visit(_ index: Int) -> Int {
    let node = tree.nodes[index]
    switch node.tag {
    case .text:
      append(index)
    case .br:
      lineBreak(index)
    case .img:
      image(index)
    case .noscript:
      guard isPageWithoutScripts(index) else {
        fallbackImages(index)
        return node.end
      }
      flush()
      open.append(index)
    case .table:
      flush()
      if DataTable.isData(index, tree) {
        table(index)
        return node.end
      }
      open.append(index)
    default:
      switch node.tag.role {
      case .opaque: return node.end
      case .block:
        flush()
        open.append(index)
        if ImageSources.isFigureToBe(index, tree) { image(index) }
        if node.tag == .pre || node.tag == .listing {
          preformattedEnd = max(preformattedEnd, node.end)
        }
      case .inline:
        if let code = faultOfInline(index, node) {
          segments.leftOut.append((index, code))
          return node.end
        }
        inline(index, node)
      }
    }
    return index + 1
  }

  /// Why the text of an element within a line is no part of the line.
  private func faultOfInline(_ index: Int, _ node: HTMLTree.Node) -> Reason.Code? {
    if outline.own[index].contains(.hidden) { return .hidden }
    if isSecondForm(index, node) { return .secondForm }
    return PermanentLink.isSign(index, tree) ? .permanentLink : nil
  }

  /// Whether an element repeats a formula in another notation, for machines.
  private func isSecondForm(_ index: Int, _ node: HTMLTree.Node) -> Bool {
    guard node.tag == .other else { return false }
    let name = tree.bytes(of: index)
    return name.elementsEqual("annotation".utf8) || name.elementsEqual("annotation-xml".utf8)
  }

  private mutating func inline(_ index: Int, _ node: HTMLTree.Node) {
    if node.tag == .a {
      linkEnd = max(linkEnd, node.end)
      links += 1
    } else if node.tag == .other, ImageSources.isImage(index, tree) {
      image(index)
    }
    if index >= preformattedEnd, isSetApart(index, node) { text.space() }
  }

  /// Whether style sheets are likely to set an element apart from the text before it: where it follows
  /// another element at once and both words would run together.
  private func isSetApart(_ index: Int, _ node: HTMLTree.Node) -> Bool {
    guard node.tag == .a || node.tag == .span, let sibling = previousSibling(of: index),
      tree.nodes[sibling].tag != .text, let last = text.bytes.last,
      let first = (index + 1..<min(node.end, index + 4)).first(where: {
        tree.nodes[$0].tag == .text
      }),
      let next = tree.bytes(of: first).first
    else { return false }
    if isWordByte(last), isWordByte(next) { return true }
    return tree.nodes[sibling].tag == node.tag && Self.binding.isDisjoint(with: [last, next])
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32
      || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private func previousSibling(of index: Int) -> Int? {
    let parent = tree.nodes[index].parent
    var at = index - 1
    guard at > parent else { return nil }
    while at >= 0, tree.nodes[at].parent != parent { at = tree.nodes[at].parent }
    return at >= 0 ? at : nil
  }

  private mutating func append(_ index: Int) {
    let bytes = tree.bytes(of: index)
    if index < preformattedEnd {
      if firstNode < 0 { firstNode = index }
      text.appendVerbatim(bytes)
      return
    }
    let before = text.length
    text.append(bytes)
    let added = text.length - before
    guard added > 0 else { return }
    breaks = 0
    if firstNode < 0 { firstNode = index }
    if index < linkEnd { linkBytes += added }
  }

  private mutating func lineBreak(_ index: Int) {
    if index < preformattedEnd {
      text.appendVerbatim([10])
      return
    }
    breaks += 1
    // Two breaks part paragraphs, one a line.
    if breaks > 1 { return flush() }
    if open.last.map({ tree.nodes[$0].tag.headingLevel != nil }) ?? false {
      text.space()
    } else {
      text.lineBreak()
    }
  }

  private mutating func image(_ index: Int, isFallback: Bool = false) {
    guard segments.images.count < Self.maximumImages else {
      segments.isCut = true
      return
    }
    segments.images.append(
      ImageSite(
        node: index, block: segments.blocks.count, offset: text.length,
        isTiny: ImageSources.isTiny(index, tree), isFallback: isFallback))
  }

  /// Whether a fallback for readers without scripts is the page itself and not a plea for scripts or
  /// the address of an image.
  private func isPageWithoutScripts(_ index: Int) -> Bool {
    var length = 0
    for node in index + 1..<tree.nodes[index].end where tree.nodes[node].tag == .text {
      length += tree.bytes(of: node).count
      if length >= Self.noscriptPage { return true }
    }
    return false
  }

  private mutating func fallbackImages(_ index: Int) {
    for node in index + 1..<tree.nodes[index].end where tree.nodes[node].tag == .img {
      image(node, isFallback: true)
    }
  }

  private mutating func table(_ index: Int) {
    if let caption = DataTable.caption(of: index, tree) {
      for node in caption + 1..<tree.nodes[caption].end where tree.nodes[node].tag == .text {
        append(node)
      }
      flush(in: caption, kind: .caption)
    }
    var links = 0
    let linkBytes = DataTable.write(index, tree, to: &text, links: &links)
    self.linkBytes = linkBytes
    self.links = links
    if text.length > 0 { firstNode = index }
    flush(in: index, kind: .table)
    for node in index + 1..<tree.nodes[index].end where tree.nodes[node].tag == .img {
      image(node)
    }
  }

  private mutating func flush() { flush(in: open.last ?? 0, kind: nil) }

  private mutating func flush(in element: Int, kind: TextNode.Kind?) {
    defer {
      text.begin()
      firstNode = -1
      linkBytes = 0
      links = 0
      breaks = 0
    }
    if tree.nodes.isEmpty || firstNode < 0 { return text.discard() }
    if segments.blocks.count == Self.maximumBlocks {
      segments.isCut = true
      return text.discard()
    }
    let described = BlockKind.describe(element, tree, outline)
    let kind = kind ?? described.kind
    if kind == .code { text.trim() }
    guard text.length > 0 else { return text.discard() }
    segments.blocks.append(
      Block(
        kind: kind, level: kind == described.kind ? described.level : nil, element: element,
        node: firstNode, text: text.start..<text.start + text.length,
        linkBytes: min(linkBytes, text.length), links: links))
  }
}
