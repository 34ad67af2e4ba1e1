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
      let range = frame..<page.tree.nodes[frame].end
      // A figure's caption may stand before its image.
      let near = blocks[max(0, site.block - 2)..<min(blocks.count, site.block + 4)]
      let parts = near.filter { range.contains($0.node) && $0.kind == .caption }
      if !parts.isEmpty { return text(of: parts, page) }
    }
    if site.block < blocks.count, let outermost = ancestors.last {
      let next = blocks[site.block]
      let isNear = next.node < page.tree.nodes[outermost].end
      if isNear, isCaption(next, page) { return text(of: [next], page) }
    }
    return carried(by: site.node, page.tree)
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
