public import Documents

/// The root of a part of a page that went no further, or an image that did not.
public struct DroppedNode: Hashable, Sendable, Codable {
  /// The element's path, such as `/html/body/nav[1]`.
  public var path: String
  /// Whether it is an image; otherwise it is a part of the page with text.
  public var isImage: Bool
  /// Why it went no further.
  public var reason: Reason
  /// How many characters of text were in it; 0 for an image.
  public var characters: Int

  /// Makes a row from its parts.
  public init(path: String, isImage: Bool, reason: Reason, characters: Int) {
    self.path = path
    self.isImage = isImage
    self.reason = reason
    self.characters = characters
  }
}
