/// What is known of an image once its bytes were found and decoded.
public struct ResolvedImage: Hashable, Sendable, Codable {
  /// The file formats that weft decodes.
  public enum Format: String, Hashable, Sendable, Codable, CaseIterable {
    case jpeg, png, webp, gif, avif

    /// The extension of such a file in a corpus archive, without a dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
  }

  /// The SHA-256 of the image's bytes.
  public var digest: Digest
  /// The file format, read from the bytes.
  public var format: Format
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The size of the file in bytes.
  public var byteCount: Int
  /// Whether every pixel has the same colour.
  public var isSingleColour: Bool
  /// What the image looks like, in 64 bits.
  public var perceptualHash: PerceptualHash
  /// How many documents of the run show the image or a near duplicate of it, once that is known.
  public var pageCount: Int?
  /// What a corpus holds of the image, where that is not the crawled file.
  public var stored: StoredImage?
  /// How likely the image is unsafe, from 0 to 1; `nil` where no classifier was asked.
  public var unsafeScore: Double?
  /// The record of the archive that holds the bytes.
  public var record: RecordID
  /// Where that record stands.
  public var location: RecordLocation

  /// Makes the facts of an image from their parts.
  public init(
    digest: Digest, format: Format, width: Int, height: Int, byteCount: Int,
    isSingleColour: Bool, perceptualHash: PerceptualHash, record: RecordID,
    location: RecordLocation
  ) {
    self.digest = digest
    self.format = format
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.isSingleColour = isSingleColour
    self.perceptualHash = perceptualHash
    self.record = record
    self.location = location
  }
}
