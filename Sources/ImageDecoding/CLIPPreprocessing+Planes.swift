extension CLIPPreprocessing {
  /// Prepares an image as CLIP's encoder reads it: planes of red, green and blue, each `size` rows of
  /// `size` numbers, every channel less its mean and over its standard deviation.
  public func planes(of image: DecodedImage) -> [Float] {
    let bytes = apply(image)
    let count = size * size
    var planes = [Float](repeating: 0, count: bytes.count)
    for channel in 0..<3 {
      let scale = 1 / (255 * Self.standardDeviation[channel])
      let offset = Self.mean[channel] / Self.standardDeviation[channel]
      for pixel in 0..<count {
        planes[channel * count + pixel] = Float(bytes[3 * pixel + channel]) * scale - offset
      }
    }
    return planes
  }
}
