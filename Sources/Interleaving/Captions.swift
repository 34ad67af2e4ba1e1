import Documents
import HTMLTree

/// Captions of images.
enum Captions {
  /// The longest caption, in bytes.
  private static let longest = 1000
  /// How many elements up from an image its caption's common ancestor may stand.
  private static let reach = 5

  /// The caption of an image: what the figure around it says, the block after it that is a caption, or
  /// what the image itself carries for a gallery's script to show.
  static func caption(of site: ImageSite, _ page: Page) -> String? {
    let blocks = page.segments.blocks
    var ancestors: [Int] = []
    var at = page.tree.nodes[site.node].parent
    while at >= 0, ancestors.count < reach {
      ancestors.append(at)
      at = page.tree.nodes[at].parent
    }
    if let frame = ancestors.first(where: { FigureMarkup.isFrame($0, page.tree) }) {
      let parts = captions(of: site, in: frame, ancestors, page)
      if !parts.isEmpty { return text(of: parts, page) }
    }
    if site.block < blocks.count, let outermost = ancestors.last {
      let next = blocks[site.block]
      let isNear = next.node < page.tree.nodes[outermost].end
      if isNear, isCaption(next, page) { return text(of: [next], page) }
    }
    return carried(by: site.node, page.tree)
  }

  /// The captions of a figure that are about one of its images: those beside it in a part of the figure
  /// of its own, and those before the figure's first image or, where it has none of its own, after the
  /// last.
  private static func captions(
    of site: ImageSite, in frame: Int, _ ancestors: [Int], _ page: Page
  ) -> [Block] {
    let range = frame..<page.tree.nodes[frame].end
    let others = otherImages(than: site, in: range, page)
    let own = ancestors.prefix { $0 > frame }.last { part in
      !others.contains { (part..<page.tree.nodes[part].end).contains($0) }
    }
    let blocks = page.segments.blocks
    let near = blocks[max(0, site.block - 2)..<min(blocks.count, site.block + 4)].filter {
      range.contains($0.node) && $0.kind == .caption
    }
    let title = near.filter { block in
      block.node < site.node && others.allSatisfy { block.node < $0 }
    }
    let beside = near.filter { block in
      block.node > site.node && own.map { block.node < page.tree.nodes[$0].end } ?? others.isEmpty
    }
    if !beside.isEmpty { return title + beside }
    return title
      + near.filter { block in
        block.node > site.node && others.allSatisfy { block.node > $0 }
      }
  }

  /// The image elements of a figure beside one of them, as far as captions near it may be theirs.
  private static func otherImages(
    than site: ImageSite, in range: Range<Int>, _ page: Page
  ) -> [Int] {
    let images = page.segments.images
    // Images stand in the order of the page.
    var low = 0
    var high = images.count
    while low < high {
      let middle = (low + high) / 2
      if images[middle].node < site.node { low = middle + 1 } else { high = middle }
    }
    return images[max(0, low - 8)..<min(images.count, low + 9)].map(\.node).filter {
      range.contains($0) && $0 != site.node
    }
  }

  private static func carried(by image: Int, _ tree: HTMLTree) -> String? {
    let value = tree.otherAttributes(of: image).first { $0.name == "data-caption" }?.value
    guard let value, !value.utf8.contains(UInt8(ascii: "<")) else { return nil }
    var collapsed = CollapsedText()
    collapsed.append(Array(value.utf8)[...])
    return 1...longest ~= collapsed.length ? String(decoding: collapsed.bytes, as: UTF8.self) : nil
  }

  /// Whether a block is a caption, by its element or by what its classes say.
  static func isCaption(_ block: Block, _ page: Page) -> Bool {
    if block.kind == .caption { return true }
    guard block.kind == .paragraph, block.text.count <= longest else { return false }
    return page.outline.own[block.element].contains(.captionWord)
      || page.outline.own[max(page.tree.nodes[block.node].parent, 0)].contains(.captionWord)
  }

  private static func text(of blocks: some Sequence<Block>, _ page: Page) -> String? {
    let text = blocks.map { String(decoding: page.segments.text[$0.text], as: UTF8.self) }
      .joined(separator: " ")
    return text.isEmpty || text.utf8.count > longest ? nil : text
  }
}
