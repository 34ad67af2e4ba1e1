import HTMLTree

/// The words by which a page sums itself up in its head: those of its content repeat them.
struct PageWords {
  /// Hashes of the words of the page's titles.
  private(set) var title = WordSet()
  /// Hashes of the words of the page's descriptions.
  private(set) var description = WordSet()

  /// The longest description that is read, in bytes.
  private static let longest = 2000

  init(_ tree: HTMLTree) {
    for (index, node) in tree.nodes.enumerated() {
      if node.tag == .title {
        for child in tree.children(of: index) { Self.add(tree.bytes(of: child), to: &title) }
      } else if node.tag == .meta, let content = tree.attributeBytes(.content, of: index) {
        switch tree.attribute(.property, of: index) ?? tree.attribute(.name, of: index) {
        case "og:title", "twitter:title": Self.add(content, to: &title)
        case "description", "og:description", "twitter:description", "Description":
          Self.add(content, to: &description)
        default: break
        }
      }
    }
  }

  private static func add(_ text: ArraySlice<UInt8>, to words: inout WordSet) {
    TextMeasures.forEachWord(of: text.prefix(longest)) { hash in
      if TextWords.meaning(of: hash) != .stopWord { words.insert(hash) }
    }
  }
}
