internal import Dispatch
internal import Documents
internal import ImageDecoding
internal import Inspection

/// Decodes images and encodes them anew, so that no crawled byte reaches the browser.
final class Pictures: Sendable {
  /// The sides of pictures that there are: an address cannot ask for work of any size.
  static let sides = [240, 1024]
  /// Larger images are not decoded: a page is shown in a moment.
  private static let limits = ImageLimits(
    maximumBytes: 16 << 20, maximumPixels: 24_000_000, maximumSide: 12_000)
  /// The most pixels of a picture that is written without loss.
  private static let losslessPixels = 90_000

  // An image of that many pixels takes 72 MB while it is decoded.
  private let room = DispatchSemaphore(value: 4)

  /// A picture of an image file; `nil` where it cannot be decoded.
  func picture(of file: [UInt8], side: Int) -> (type: String, bytes: [UInt8])? {
    room.wait()
    defer { room.signal() }
    guard
      let image = ImageDecoder.decode(file, fitting: side, limits: Self.limits).value,
      let format = ImageDecoder.header(of: file).value?.format
    else { return nil }
    // Drawings and text suffer from JPEG; photographs would be large without it.
    if [.png, .gif].contains(format), image.width * image.height <= Self.losslessPixels {
      return ("image/png", PNGEncoder.encode(image))
    }
    return ("image/jpeg", JPEGEncoder.encode(image, quality: 88))
  }
}
