/// An image as pixels: 8-bit RGB, row by row from the top.
public struct DecodedImage: Hashable, Sendable {
  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// Red, green and blue of each pixel, row by row.
  public let pixels: [UInt8]

  /// Makes an image from its pixels.
  ///
  /// - Precondition: `pixels` holds `width * height * 3` bytes, and both sides are positive.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    precondition(pixels.count == width * height * 3, "an image has three bytes a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// How many levels of 255 a channel of a single-coloured image may vary.
  ///
  /// JPEG and lossy WebP round a flat colour by a level either way; a difference of two levels is
  /// below what an eye sees.
  public static let singleColourTolerance = 2

  /// Whether every pixel has the same colour, give or take ``singleColourTolerance`` levels of each
  /// channel from the darkest to the lightest pixel.
  public var isSingleColour: Bool {
    for channel in 0..<3 {
      var darkest = pixels[channel]
      var lightest = darkest
      for index in stride(from: channel, to: pixels.count, by: 3) {
        darkest = min(darkest, pixels[index])
        lightest = max(lightest, pixels[index])
        // Most images show two colours in their first rows, so this is where most calls end.
        if Int(lightest) - Int(darkest) > Self.singleColourTolerance { return false }
      }
    }
    return true
  }

  /// The part of the image whose upper left corner is at (x, y).
  ///
  /// - Precondition: The part lies in the image and has at least one pixel.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> DecodedImage {
    precondition(
      x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= self.width
        && y + height <= self.height, "a crop lies within its image")
    var part: [UInt8] = []
    part.reserveCapacity(width * height * 3)
    for row in y..<y + height {
      let start = (row * self.width + x) * 3
      part.append(contentsOf: pixels[start..<start + width * 3])
    }
    return DecodedImage(width: width, height: height, pixels: part)
  }

  /// The image at another size, by bicubic interpolation with antialiasing.
  ///
  /// The result is the same to the bit as that of Pillow's `Image.resize` with `BICUBIC`.
  ///
  /// - Precondition: Both sides are positive.
  public func resized(width: Int, height: Int) -> DecodedImage {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    let target = ResamplingTarget(
      horizontal: .init(sourceLength: self.width, length: width, window: 0..<width),
      vertical: .init(sourceLength: self.height, length: height, window: 0..<height))
    return resampled(to: target, filter: .bicubic)
  }

  /// Resizes to a target and returns its window alone.
  func resampled(to target: ResamplingTarget, filter: ResamplingFilter) -> DecodedImage {
    DecodedImage(
      width: target.horizontal.window.count, height: target.vertical.window.count,
      pixels: Resampler(channels: 3, filter: filter).resample(pixels, to: target))
  }
}
