internal import Documents
internal import ImageDecoding

/// An image that is decoded has the pixels that its header tells.
enum ImageTarget {
  private static let limits = ImageLimits(
    maximumBytes: 1 << 20, maximumPixels: 1 << 20, maximumSide: 1 << 14)

  static func run(_ bytes: [UInt8]) {
    let header = ImageDecoder.header(of: bytes).value
    guard let image = ImageDecoder.decode(bytes, limits: limits).value else { return }
    precondition(image.pixels.count == image.width * image.height * 3, "there is every pixel")
    precondition(header != nil, "what is decoded has a header")
    _ = image.isSingleColour
    if let small = ImageDecoder.decode(bytes, fitting: 24, limits: limits).value {
      precondition(max(small.width, small.height) <= 24, "an image fits")
      precondition(small.pixels.count == small.width * small.height * 3, "there is every pixel")
    }
  }
}
