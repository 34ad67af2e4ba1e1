/// The file that a corpus holds of an image, where it is not the one that was crawled.
public struct StoredImage: Hashable, Sendable, Codable {
  /// The SHA-256 of the stored file's bytes.
  public var digest: Digest
  /// The file's format.
  public var format: ResolvedImage.Format
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The size of the file in bytes.
  public var byteCount: Int

  /// Makes the facts of a stored image from their parts.
  public init(
    digest: Digest, format: ResolvedImage.Format, width: Int, height: Int, byteCount: Int
  ) {
    self.digest = digest
    self.format = format
    self.width = width
    self.height = height
    self.byteCount = byteCount
  }
}
