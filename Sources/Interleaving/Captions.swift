import Documents
import HTMLTree

/// Captions of images.
enum Captions {
  /// The longest caption, in bytes.
  private static let longest = 1000
  /// How many elements up from an image its caption's common ancestor may stand.
  private static let reach = 4

  /// The caption of an image: that of its `figure`, or the block after it whose class says that it is
  /// a caption.
  static func caption(of site: ImageSite, _ page: Page) -> String? {
    let blocks = page.segments.blocks
    var ancestors: [Int] = []
    var at = page.tree.nodes[site.node].parent
    while at >= 0, ancestors.count < reach {
      ancestors.append(at)
      at = page.tree.nodes[at].parent
    }
    if let figure = ancestors.first(where: { page.tree.nodes[$0].tag == .figure }) {
      let range = figure..<page.tree.nodes[figure].end
      // A figure's caption may stand before its image.
      let near = blocks[max(0, site.block - 2)..<min(blocks.count, site.block + 4)]
      let parts = near.filter { range.contains($0.node) && $0.kind == .caption }
      if !parts.isEmpty { return text(of: parts, page) }
    }
    guard site.block < blocks.count, let outermost = ancestors.last else { return nil }
    let next = blocks[site.block]
    let isNear = next.node < page.tree.nodes[outermost].end
    return isNear && isCaption(next, page) ? text(of: [next], page) : nil
  }

  private static func isCaption(_ block: Block, _ page: Page) -> Bool {
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
