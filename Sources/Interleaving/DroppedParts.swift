import Documents
import HTMLTree

/// The roots of the parts of a page that are not content.
struct DroppedParts {
  private struct Part {
    var characters = 0
    var probability: Float = 0
    var code: Reason.Code
  }

  /// One row for the root of each part whose blocks were all dropped, in document order.
  static func rows(
    _ page: Page, _ content: ContentSelection, _ images: ImageSelection, limit: Int
  ) -> [DroppedNode] {
    let hasKept = elementsWithContent(page, content, images)
    var parts: [Int: Part] = [:]
    for (index, block) in page.segments.blocks.enumerated() where !content.isKept[index] {
      var root = block.element
      while case let parent = page.tree.nodes[root].parent, parent >= 0, !hasKept[root],
        !hasKept[parent]
      {
        root = parent
      }
      var part = parts[root] ?? Part(code: code(of: block, page))
      part.characters += page.features.measures[index].characters
      part.probability = max(part.probability, content.probabilities[index])
      parts[root] = part
    }
    var paths = ElementPaths(tree: page.tree)
    let texts = parts.sorted { $0.key < $1.key }.map { root, part in
      (root, false, reason(of: part, threshold: content.threshold), part.characters)
    }
    let hidden = page.segments.leftOut.map { node, code in
      (node, false, Reason(code), characters(of: node, page.tree))
    }
    let pictures = images.dropped.map { ($0.node, true, $0.reason, 0) }
    let all = (texts + hidden + pictures).sorted { ($0.0, $0.1 ? 1 : 0) < ($1.0, $1.1 ? 1 : 0) }
    var rows = all.prefix(limit).map { node, isImage, reason, characters in
      DroppedNode(
        path: paths.path(of: node), isImage: isImage, reason: reason, characters: characters)
    }
    let rest = all.dropFirst(limit)
    if !rest.isEmpty {
      let characters = rest.reduce(0) { $0 + $1.3 }
      rows.append(
        DroppedNode(
          path: "/", isImage: false,
          reason: Reason(.tooManyNodes, measured: Double(all.count), threshold: Double(limit)),
          characters: characters))
    }
    return rows
  }

  private static func characters(of node: Int, _ tree: HTMLTree) -> Int {
    var text = CollapsedText()
    for index in node + 1..<tree.nodes[node].end where tree.nodes[index].tag == .text {
      text.append(tree.bytes(of: index))
    }
    return text.bytes.count { $0 & 0xC0 != 0x80 }
  }

  /// Whether each element holds a block or an image that is kept.
  private static func elementsWithContent(
    _ page: Page, _ content: ContentSelection, _ images: ImageSelection
  ) -> [Bool] {
    var hasKept = [Bool](repeating: false, count: page.tree.nodes.count)
    for (index, block) in page.segments.blocks.enumerated() where content.isKept[index] {
      hasKept[block.element] = true
    }
    for image in images.kept { hasKept[image.site.node] = true }
    for index in page.tree.nodes.indices.reversed() where hasKept[index] {
      let parent = page.tree.nodes[index].parent
      if parent >= 0 { hasKept[parent] = true }
    }
    return hasKept
  }

  private static func code(of block: Block, _ page: Page) -> Reason.Code {
    let around = page.outline.surroundings[block.element]
    let navigation: Surroundings = [
      .navigation, .menuWord, .breadcrumbWord, .paginationWord, .searchWord,
    ]
    let promotion: Surroundings = [
      .advertisementWord, .consentWord, .subscriptionWord, .shareWord,
    ]
    if around.contains(.hidden) { return .hidden }
    if !around.isDisjoint(with: navigation) { return .navigation }
    return around.isDisjoint(with: promotion) ? .boilerplate : .promotion
  }

  private static func reason(of part: Part, threshold: Float) -> Reason {
    Reason(
      part.code, measured: rounded(part.probability), threshold: rounded(threshold))
  }

  /// Three decimals, as many as the model's numbers mean anything to.
  private static func rounded(_ value: Float) -> Double { (Double(value) * 1000).rounded() / 1000 }
}
