public import Documents

/// An image with the words that its page says of it.
public struct ImageTextPair: Hashable, Sendable, Codable {
  /// Where a page says what an image shows.
  public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
    /// The caption beside the image.
    case caption
    /// The alternative text.
    case alt
  }

  /// The document that shows the image.
  public var document: DocumentID
  /// The URL of that document.
  public var page: String
  /// The image's place among the document's images.
  public var ordinal: Int
  /// The image, resolved.
  public var image: ImageReference
  /// What the page says of it, white space collapsed.
  public var caption: String
  /// Where the page says it.
  public var source: Source

  /// Makes a pair from its parts.
  public init(
    document: DocumentID, page: String, ordinal: Int, image: ImageReference, caption: String,
    source: Source
  ) {
    self.document = document
    self.page = page
    self.ordinal = ordinal
    self.image = image
    self.caption = caption
    self.source = source
  }
}
