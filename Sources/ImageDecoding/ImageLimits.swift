/// How large an image may be before it is refused unread.
///
/// The defaults are OBELICS's longest side of 20,000 pixels (Laurençon et al. 2023, appendix A.1) and
/// a number of pixels that no photograph a page shows exceeds.
public struct ImageLimits: Hashable, Sendable, Codable {
  /// The largest number of bytes of a file.
  public var maximumBytes: Int
  /// The largest number of pixels.
  public var maximumPixels: Int
  /// The longest side in pixels.
  public var maximumSide: Int

  /// The default limits.
  public static let standard = ImageLimits()

  /// Makes limits from their parts.
  public init(
    maximumBytes: Int = 32 << 20, maximumPixels: Int = 64_000_000, maximumSide: Int = 20_000
  ) {
    self.maximumBytes = maximumBytes
    self.maximumPixels = maximumPixels
    self.maximumSide = maximumSide
  }
}
