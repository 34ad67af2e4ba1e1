import HTMLTree

/// What a page says it is: by its linked data, its Open Graph type and the classes of its body.
struct PageKind {
  /// The kinds a page may claim, as columns of the block model's features: new cases go to the end.
  enum Claim: Int, CaseIterable {
    case product, article, list, forum, organisation, guide
    case openGraphArticle, openGraphProduct, openGraphWebsite
    case bodyPost, bodyProduct, bodyThread, bodyList, bodyDocumentation, bodyCategory
  }

  /// Which claims a page makes: 1 or 0 for each.
  private(set) var claims = [Float](repeating: 0, count: Claim.allCases.count)

  init(_ tree: HTMLTree) {
    for (index, node) in tree.nodes.enumerated() {
      switch node.tag {
      case .script: readLinkedData(index, tree)
      case .meta: readOpenGraph(index, tree)
      case .body:
        if let value = tree.attributeBytes(.class, of: index) { readBody(value) }
      default: break
      }
      if node.tag != .text, let type = tree.attributeBytes(.itemtype, of: index) { readType(type) }
    }
  }

  private mutating func claim(_ claim: Claim) { claims[claim.rawValue] = 1 }

  /// Reads the values of `"@type"` without parsing the rest, which is as often broken as not.
  private mutating func readLinkedData(_ script: Int, _ tree: HTMLTree) {
    let key = Array("\"@type\"".utf8)
    for child in tree.children(of: script) {
      let bytes = tree.bytes(of: child)
      var at = bytes.startIndex
      while let quote = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) {
        guard bytes[quote...].starts(with: key) else {
          at = quote + 1
          continue
        }
        at = quote + key.count
        let value = bytes[at...].prefix(80).drop { $0 != UInt8(ascii: "\"") }.dropFirst()
        readType(value.prefix { $0 != UInt8(ascii: "\"") })
      }
    }
  }

  /// Reads a type of schema.org, as a name or an address.
  private mutating func readType(_ type: ArraySlice<UInt8>) {
    let name = type.split(separator: UInt8(ascii: "/")).last ?? []
    switch String(decoding: name.prefix(40), as: UTF8.self) {
    case "Product", "ProductGroup", "Offer", "AggregateOffer": claim(.product)
    case "Article", "NewsArticle", "BlogPosting", "Report", "TechArticle", "ScholarlyArticle":
      claim(.article)
    case "ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog", "Blog": claim(.list)
    case "QAPage", "DiscussionForumPosting", "Question", "Answer", "Comment": claim(.forum)
    case "LocalBusiness", "Service", "ProfessionalService", "FAQPage": claim(.organisation)
    case "Recipe", "HowTo", "Event", "Course", "Book", "Movie": claim(.guide)
    default: break
    }
  }

  private mutating func readOpenGraph(_ meta: Int, _ tree: HTMLTree) {
    guard tree.attribute(.property, of: meta) == "og:type",
      let value = tree.attribute(.content, of: meta)?.lowercased()
    else { return }
    if value.contains("article") { claim(.openGraphArticle) }
    if value.contains("product") { claim(.openGraphProduct) }
    if value.contains("website") { claim(.openGraphWebsite) }
  }

  private mutating func readBody(_ classes: ArraySlice<UInt8>) {
    let words = ClassWords.surroundings(of: classes)
    let meanings: [(Surroundings, Claim)] = [
      (.postWord, .bodyPost), (.productWord, .bodyProduct), (.threadWord, .bodyThread),
      (.listWord, .bodyList), (.codeWord, .bodyDocumentation), (.categoryWord, .bodyCategory),
    ]
    for (word, meaning) in meanings where words.contains(word) { claim(meaning) }
  }
}
