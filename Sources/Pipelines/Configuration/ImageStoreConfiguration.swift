/// Which images the corpora hold as they were crawled, and how others are scaled.
///
/// An image that is within both limits is stored byte for byte. Another is decoded, scaled to
/// ``longestSide``, and stored as JPEG, unless that is no smaller than the crawled file. Features are made of
/// the crawled images in either case.
public struct ImageStoreConfiguration: Hashable, Sendable, Codable {
  /// The longest side of a stored image in pixels; `nil` for any.
  ///
  /// The default is weft's own: what a screen shows, and nine times what a vision encoder sees.
  public var longestSide: Int? = 2048
  /// The largest file that is stored as it was crawled, in bytes; `nil` for any.
  public var maximumBytes: Int? = 4 << 20
  /// The quality of JPEG files, 1 to 100 on libjpeg's scale; img2dataset has 95.
  public var quality = 90

  /// Makes a configuration of defaults.
  public init() {}
}

extension ImageStoreConfiguration {
  /// Writes every key, a limit that is off as `null`, so that it is not read back as its default.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(longestSide, forKey: .longestSide)
    try container.encode(maximumBytes, forKey: .maximumBytes)
    try container.encode(quality, forKey: .quality)
  }

  private enum CodingKeys: String, CodingKey { case longestSide, maximumBytes, quality }
}
