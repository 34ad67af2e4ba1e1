/// One piece of a document: a block of text, or an image.
///
/// In JSON a node is one object whose `type` is `text` or `image`.
public enum Node: Hashable, Sendable {
  /// A block of text.
  case text(TextNode)
  /// An image.
  case image(ImageReference)

  /// The path of the element the node was read from.
  public var path: String {
    switch self {
    case .text(let text): text.path
    case .image(let image): image.path
    }
  }
}

extension Node: Codable {
  private enum Key: String, CodingKey { case type }
  private enum Kind: String, Codable { case text, image }

  /// Reads a node by its `type`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Kind.self, forKey: .type) {
    case .text: self = .text(try TextNode(from: decoder))
    case .image: self = .image(try ImageReference(from: decoder))
    }
  }

  /// Writes a node with its `type`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .text(let text):
      try container.encode(Kind.text, forKey: .type)
      try text.encode(to: encoder)
    case .image(let image):
      try container.encode(Kind.image, forKey: .type)
      try image.encode(to: encoder)
    }
  }
}

/// A block of text and what it is on the page.
public struct TextNode: Hashable, Sendable, Codable {
  /// What a block of text is on its page.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Running text.
    case paragraph
    /// A heading; the number of its level is in ``TextNode/level``.
    case heading
    /// One item of a list; the depth of the list is in ``TextNode/level``.
    case listItem
    /// A table, a row on a line, cells apart by ` | `.
    case table
    /// Preformatted text or program code, its lines and spaces kept.
    case code
    /// A quotation.
    case quote
    /// The caption of the image or table beside it.
    case caption
  }

  /// The text; it has line breaks where the page breaks a line on purpose, as in tables, code, verse
  /// and addresses.
  public var text: String
  /// What the block is on its page.
  public var kind: Kind
  /// A heading's level from 1 to 6, or a list item's depth from 1.
  public var level: Int?
  /// The element's path, such as `/html/body/div[2]/p[1]`.
  public var path: String

  /// Makes a block of text from its parts.
  public init(text: String, kind: Kind = .paragraph, level: Int? = nil, path: String) {
    self.text = text
    self.kind = kind
    self.level = level
    self.path = path
  }
}

/// An image as a page shows it.
public struct ImageReference: Hashable, Sendable, Codable {
  /// The image's absolute URL.
  public var url: String
  /// The alternative text, where there is any.
  public var alt: String?
  /// The caption beside the image, where there is one.
  public var caption: String?
  /// The width the page declares, in CSS pixels.
  public var width: Int?
  /// The height the page declares, in CSS pixels.
  public var height: Int?
  /// The element's path, such as `/html/body/figure[1]/img[1]`.
  public var path: String
  /// What the image turned out to be, once its bytes were found and checked.
  public var resolved: ResolvedImage?

  /// Makes a reference from its parts.
  public init(
    url: String, alt: String? = nil, caption: String? = nil, width: Int? = nil,
    height: Int? = nil, path: String, resolved: ResolvedImage? = nil
  ) {
    self.url = url
    self.alt = alt
    self.caption = caption
    self.width = width
    self.height = height
    self.path = path
    self.resolved = resolved
  }
}
