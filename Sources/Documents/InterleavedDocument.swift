/// The text and the images of one page, in reading order.
public struct InterleavedDocument: Hashable, Sendable, Codable {
  /// The identity of the record the page came from.
  public var id: DocumentID
  /// The page's absolute URL.
  public var url: String
  /// The page's title, where it has one.
  public var title: String?
  /// The language the page declares, as a BCP 47 tag, where it declares one.
  public var language: String?
  /// The page's own statement of its canonical URL, absolute, where it makes one.
  public var canonicalURL: String?
  /// When the page says it was published: a date or an instant of RFC 3339, where it says so.
  public var published: String?
  /// When the page says it was last changed: a date or an instant of RFC 3339, where it says so.
  public var modified: String?
  /// How the page opts out of being used, in `meta` elements; `nil` where it does not.
  public var optOuts: [OptOut]?
  /// The page's content in reading order.
  public var nodes: [Node]

  /// Makes a document from its parts.
  public init(
    id: DocumentID, url: String, title: String? = nil, language: String? = nil,
    canonicalURL: String? = nil, published: String? = nil, modified: String? = nil,
    optOuts: [OptOut]? = nil, nodes: [Node]
  ) {
    self.id = id
    self.url = url
    self.title = title
    self.language = language
    self.canonicalURL = canonicalURL
    self.published = published
    self.modified = modified
    self.optOuts = optOuts
    self.nodes = nodes
  }

  /// The text nodes in reading order.
  public var texts: [TextNode] {
    nodes.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// The images in reading order.
  public var images: [ImageReference] {
    nodes.compactMap { if case .image(let image) = $0 { image } else { nil } }
  }

  /// All text, one node after the other, with an empty line between two nodes.
  public var text: String { texts.map(\.text).joined(separator: "\n\n") }
}
