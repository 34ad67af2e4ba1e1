import HTMLTree

/// When a page says that it was published and last changed.
///
/// Linked data says it most reliably (schema.org `datePublished`, `dateModified`), then the head's
/// metadata, then a `time` element marked as one of the two.
struct PageDates {
  private(set) var published: String?
  private(set) var modified: String?

  private static let publishedNames: Set<String> = [
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "publish_date", "pubdate",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "og:published_time",
  ]
  private static let modifiedNames: Set<String> = [
    "article:modified_time", "datemodified", "dcterms.modified", "last-modified", "lastmod",
    "og:updated_time", "dc.date.modified",
  ]

  private static let publishedKey = Array("\"datePublished\"".utf8)
  private static let modifiedKey = Array("\"dateModified\"".utf8)

  /// What one source says; what an earlier source says counts for more.
  private struct Claim {
    var published: String?
    var modified: String?
  }

  init(_ tree: HTMLTree) {
    var linked = Claim()
    var head = Claim()
    var marked = Claim()
    for (index, node) in tree.nodes.enumerated() {
      switch node.tag {
      case .script: Self.readLinkedData(index, tree, &linked)
      case .meta: Self.readMeta(index, tree, &head)
      case .time: Self.readTime(index, tree, &marked)
      default: continue
      }
    }
    published = linked.published ?? head.published ?? marked.published
    modified = linked.modified ?? head.modified ?? marked.modified
  }

  /// Reads the first value of each key without parsing the rest, which is as often broken as not.
  private static func readLinkedData(_ script: Int, _ tree: HTMLTree, _ claim: inout Claim) {
    for child in tree.children(of: script) {
      let bytes = tree.bytes(of: child)
      claim.published = claim.published ?? value(of: publishedKey, in: bytes)
      claim.modified = claim.modified ?? value(of: modifiedKey, in: bytes)
    }
  }

  private static func value(of key: [UInt8], in bytes: ArraySlice<UInt8>) -> String? {
    var rest = bytes
    while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
      rest = rest[quote...]
      guard rest.starts(with: key) else {
        rest = rest.dropFirst()
        continue
      }
      let value = rest.dropFirst(key.count).prefix(80).drop { $0 != UInt8(ascii: "\"") }.dropFirst()
      return Timestamp.parse(
        String(decoding: value.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self))
    }
    return nil
  }

  private static func readMeta(_ index: Int, _ tree: HTMLTree, _ claim: inout Claim) {
    let name =
      tree.attribute(.property, of: index) ?? tree.attribute(.name, of: index)
      ?? tree.attribute(.itemprop, of: index)
    guard let name = name?.lowercased(), let content = tree.attribute(.content, of: index) else {
      return
    }
    if claim.published == nil, publishedNames.contains(name) {
      claim.published = Timestamp.parse(content)
    } else if claim.modified == nil, modifiedNames.contains(name) {
      claim.modified = Timestamp.parse(content)
    }
  }

  private static func readTime(_ index: Int, _ tree: HTMLTree, _ claim: inout Claim) {
    guard let value = tree.attribute(.datetime, of: index) else { return }
    let marks =
      [tree.attribute(.itemprop, of: index), tree.attribute(.class, of: index)]
      .compactMap { $0?.lowercased() }.joined(separator: " ")
    if claim.modified == nil, marks.contains("modified") || marks.contains("updated") {
      claim.modified = Timestamp.parse(value)
    } else if claim.published == nil, marks.contains("publish") || marks.contains("entry-date") {
      claim.published = Timestamp.parse(value)
    }
  }
}
