import HTMLTree

/// What is known of each node of a page from the elements around it.
struct Outline {
  /// What a node and all elements around it say, by node.
  private(set) var surroundings: [Surroundings]
  /// What an element itself says, by node.
  private(set) var own: [Surroundings]
  /// How deep a node stands, by node.
  private(set) var depth: [Int32]
  /// A hash of an element's name and class, by which elements of one template are known.
  private(set) var template: [UInt64]

  init(_ tree: HTMLTree) {
    let count = tree.nodes.count
    surroundings = [Surroundings](repeating: [], count: count)
    own = surroundings
    depth = [Int32](repeating: 0, count: count)
    template = [UInt64](repeating: 0, count: count)
    for index in 0..<count {
      let node = tree.nodes[index]
      if node.tag != .text { describe(index, node.tag, tree) }
      guard node.parent >= 0 else { continue }
      surroundings[index] = surroundings[node.parent].union(own[index])
      depth[index] = depth[node.parent] + 1
    }
  }

  private mutating func describe(_ index: Int, _ tag: Tag, _ tree: HTMLTree) {
    var hash = UInt64(tag.rawValue) &+ 0xcbf2_9ce4_8422_2325
    // Classes of the page as a whole say nothing of its parts.
    guard tag != .html, tag != .body else { return }
    var said = Self.surroundings(of: tag)
    var isOpen = false
    tree.forEachAttribute(of: index) { name, value in
      switch name {
      case .class:
        said.formUnion(ClassWords.surroundings(of: value))
        for byte in value.prefix(64) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      case .id: said.formUnion(ClassWords.surroundings(of: value))
      case .role: said.formUnion(Self.surroundings(ofRole: value))
      case .itemprop: said.formUnion(Self.surroundings(ofProperty: value))
      case .hidden where !value.elementsEqual("until-found".utf8): said.insert(.hidden)
      case .style where Self.hides(value): said.insert(.hidden)
      case .ariaHidden where value.elementsEqual("true".utf8): said.insert(.ariaHidden)
      case .open: isOpen = true
      default: break
      }
    }
    if tag == .dialog, !isOpen { said.insert(.hidden) }
    own[index] = said
    template[index] = hash
  }

  private static func surroundings(of tag: Tag) -> Surroundings {
    switch tag {
    case .nav, .menu: .navigation
    case .header: .header
    case .footer: .footer
    case .aside: .aside
    case .main: .main
    case .article: .article
    case .form, .fieldset: .form
    case .figure: .figure
    case .blockquote, .q: .quotation
    case .table: .table
    case .li: .listItem
    case .a: .link
    case .button: .button
    case .dialog: .dialog
    case .dl: .definition
    case .label: .label
    case .section: .section
    case .noscript: .noscript
    default: []
    }
  }

  private static func surroundings(ofRole role: ArraySlice<UInt8>) -> Surroundings {
    switch String(decoding: role, as: UTF8.self).lowercased() {
    case "navigation", "menu", "menubar", "tablist": .navigation
    case "banner": .header
    case "contentinfo": .footer
    case "complementary": .aside
    case "main": .main
    case "article": .article
    case "dialog", "alertdialog", "alert": .dialog
    case "button": .button
    case "search": .searchWord
    case "listitem": .listItem
    default: []
    }
  }

  private static func surroundings(ofProperty property: ArraySlice<UInt8>) -> Surroundings {
    switch String(decoding: property.prefix(32), as: UTF8.self) {
    case "articleBody", "text", "description": .bodyWord
    case "itemListElement": .listItemProperty
    case "author", "name": .authorWord
    case "datePublished", "dateModified": .metadataWord
    case "review", "reviewBody": .reviewWord
    case "comment": .commentWord
    case "offers", "price": .productWord
    default: []
    }
  }

  private static let hiding = ByteNeedles(["display:none", "visibility:hidden"])

  /// Whether an element's own style hides it.
  private static func hides(_ style: ArraySlice<UInt8>) -> Bool {
    hiding.occur(in: style.lazy.filter { $0 != 0x20 })
  }
}
