import Documents
import HTMLTree
import WebAddress

/// What a page says of itself in its head.
struct PageHead {
  private(set) var title: String?
  private(set) var language: String?
  private(set) var canonicalURL: String?
  /// How the page opts out of being used.
  private(set) var optOuts: Set<OptOut> = []
  /// The address that the page's relative addresses are resolved against.
  private(set) var base: WebURL?

  /// The name by which pages address weft.
  private static let product = "weft"
  /// The longest title that is kept, in bytes.
  private static let longestTitle = 1024
  /// The longest address, in bytes, that others are resolved against: each of them becomes as long.
  private static let longestBase = 2048
  /// The longest tag of a language by BCP 47 that software need support.
  private static let longestLanguage = 35

  init(_ tree: HTMLTree, url: String) {
    base = url.utf8.count <= Self.longestBase ? WebURL(parsing: url) : nil
    var openGraphTitle: String?
    var canonical: String?
    var sawBase = false
    for (index, node) in tree.nodes.enumerated() {
      switch node.tag {
      case .html where language == nil:
        language = Self.language(
          tree.attribute(.lang, of: index) ?? tree.attribute(.xmlLang, of: index))
      case .base where !sawBase:
        guard let href = tree.attribute(.href, of: index) else { continue }
        sawBase = true
        guard href.utf8.count <= Self.longestBase else { continue }
        if let resolved = WebURL(parsing: href, base: base), resolved.isSpecial { base = resolved }
      case .title where title == nil:
        title = Self.text(of: index, tree)
      case .meta:
        if let name = tree.attribute(.name, of: index),
          let content = tree.attribute(.content, of: index)
        {
          optOuts.formUnion(OptOut.inMeta(name: name, content: content, for: Self.product))
        }
        if openGraphTitle == nil, tree.attribute(.property, of: index) == "og:title" {
          openGraphTitle = tree.attribute(.content, of: index).flatMap(Self.collapsed)
        }
      case .link where canonical == nil:
        guard tree.attribute(.rel, of: index)?.lowercased() == "canonical" else { continue }
        canonical = tree.attribute(.href, of: index)
      default: continue
      }
    }
    title = openGraphTitle ?? title
    canonicalURL = canonical.flatMap { WebURL(parsing: $0, base: base) }
      .flatMap { $0.scheme == "http" || $0.scheme == "https" ? $0.serialized : nil }
  }

  private static func text(of node: Int, _ tree: HTMLTree) -> String? {
    var text = ""
    for child in node + 1..<tree.nodes[node].end where tree.nodes[child].tag == .text {
      text += tree.string(of: child)
    }
    return collapsed(text)
  }

  /// Text with its white space collapsed; `nil` where nothing is left.
  private static func collapsed(_ text: String) -> String? {
    var collapsed = CollapsedText()
    collapsed.append(Array(text.utf8.prefix(longestTitle))[...])
    let result = String(decoding: collapsed.bytes, as: UTF8.self)
    return result.isEmpty ? nil : result
  }

  private static func language(_ value: String?) -> String? {
    guard let value else { return nil }
    let tag = value.split(separator: " ").first.map { String($0.replacing("_", with: "-")) } ?? ""
    let isTag = tag.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32 || byte == UInt8(ascii: "-")
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    return isTag && 2...longestLanguage ~= tag.utf8.count ? tag : nil
  }
}
