import Documents
import HTMLTree

/// What a block of text is, by the elements around it.
enum BlockKind {
  /// How many elements around a block are looked at for its kind.
  private static let reach = 6

  /// The kind of the text that an element lays out, and a heading's level or a list item's depth.
  static func describe(
    _ element: Int, _ tree: HTMLTree, _ outline: Outline
  ) -> (kind: TextNode.Kind, level: Int?) {
    var at = element
    var steps = 0
    while at >= 0, steps < reach {
      let tag = tree.nodes[at].tag
      if let level = tag.headingLevel { return (.heading, level) }
      if FigureMarkup.isCaption(at, outline.own[at], tree) { return (.caption, nil) }
      switch tag {
      case .li: return (.listItem, listDepth(at, tree))
      case .pre, .listing: return (.code, nil)
      case .blockquote: return (.quote, nil)
      case .table, .article, .section, .main, .body, .nav, .ul, .ol: return (.paragraph, nil)
      default: break
      }
      at = tree.nodes[at].parent
      steps += 1
    }
    return (.paragraph, nil)
  }

  private static func listDepth(_ item: Int, _ tree: HTMLTree) -> Int {
    var depth = 0
    var at = item
    var steps = 0
    while at >= 0, steps < 32 {
      let tag = tree.nodes[at].tag
      if tag == .ul || tag == .ol || tag == .menu || tag == .dir { depth += 1 }
      at = tree.nodes[at].parent
      steps += 1
    }
    return max(depth, 1)
  }
}
