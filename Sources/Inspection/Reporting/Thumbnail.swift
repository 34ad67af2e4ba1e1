internal import Documents
internal import Foundation
internal import ImageDecoding

/// An image made small enough to stand in the report.
struct Thumbnail {
  /// The longest side in pixels.
  static let side = 260
  /// The largest image that is decoded, in pixels: a report is made in seconds.
  private static let limits = ImageLimits(
    maximumBytes: 16 << 20, maximumPixels: 24_000_000, maximumSide: 12_000)

  /// The width in pixels.
  var width: Int
  /// The height in pixels.
  var height: Int
  /// The picture as a `data:` URI.
  var source: String

  /// Decodes an image file and makes it small; `nil` where it is no image that weft decodes.
  init?(of bytes: [UInt8], side: Int = Thumbnail.side) {
    guard let image = ImageDecoder.decode(bytes, limits: Self.limits).value else { return nil }
    let scale = min(1, Double(side) / Double(max(image.width, image.height)))
    width = max(1, Int((Double(image.width) * scale).rounded()))
    height = max(1, Int((Double(image.height) * scale).rounded()))
    let small = scale < 1 ? image.resized(width: width, height: height) : image
    source = "data:image/png;base64," + Data(PNGEncoder.encode(small)).base64EncodedString()
  }
}
