import HTMLTree

/// Figures and captions, by their elements or by the classes that stand for them.
enum FigureMarkup {
  /// Classes of elements that frame a picture with its caption: DocBook's, WordPress's, MediaWiki's.
  private static let frames: Set<String> = [
    "figure", "wp-caption", "thumbinner", "captioned-image",
  ]

  /// Whether an element frames a picture with its caption.
  static func isFrame(_ node: Int, _ tree: HTMLTree) -> Bool {
    switch tree.nodes[node].tag {
    case .figure: return true
    case .div, .table, .dl, .span, .section:
      return classes(of: node, tree).contains { frames.contains($0) }
    default: return false
    }
  }

  /// Whether an element is the caption of a picture or table.
  ///
  /// `own` is what the element's names say of it.
  static func isCaption(_ node: Int, _ own: Surroundings, _ tree: HTMLTree) -> Bool {
    switch tree.nodes[node].tag {
    case .figcaption, .caption: return true
    case .text, .img, .figure, .body: return false
    default: break
    }
    if own.contains(.captionWord), classes(of: node, tree).contains(where: namesCaption) {
      return true
    }
    // DocBook puts a figure's title into a paragraph above the picture.
    let parent = tree.nodes[node].parent
    return own.contains(.headingWord) && tree.nodes[node].tag == .p && parent >= 0
      && tree.nodes[parent].tag == .div && classes(of: parent, tree).contains("figure")
  }

  private static func namesCaption(_ name: String) -> Bool {
    guard name.hasSuffix("caption") || name.hasSuffix("caption-text") else { return false }
    return name != "wp-caption" && !name.hasPrefix("no") && !name.hasPrefix("has")
      && !name.hasPrefix("with")
  }

  private static func classes(of node: Int, _ tree: HTMLTree) -> [String] {
    guard let value = tree.attributeBytes(.class, of: node) else { return [] }
    return value.prefix(256).split { $0 <= 0x20 }.map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
  }
}
