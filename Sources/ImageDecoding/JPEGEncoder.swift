internal import CImageCodecs

/// Encodes images as baseline JPEG files.
public enum JPEGEncoder {
  /// Encodes an image, with the chroma of 2 by 2 pixels in one.
  ///
  /// The bytes are a function of the pixels and the quality, for one version of libjpeg-turbo. They hold no
  /// metadata.
  ///
  /// - Precondition: `quality` is libjpeg's, 1 to 100, and no side is longer than the format's 65,500 pixels.
  public static func encode(_ image: DecodedImage, quality: Int) -> [UInt8] {
    precondition((1...100).contains(quality), "a JPEG quality is 1 to 100")
    precondition(max(image.width, image.height) <= 65_500, "JPEG has sides of at most 65,500")
    let size = CImageCodecs_Size(width: UInt32(image.width), height: UInt32(image.height))
    let file = [UInt8](unsafeUninitializedCapacity: CImageCodecs_jpegBound(size)) { room, count in
      guard let target = room.baseAddress else { return }
      let failure = ImageDecoder.withCodec(image.pixels) { pixels, message in
        CImageCodecs_jpegEncode(pixels, size, Int32(quality), target, &count, message)
      }
      if let failure { preconditionFailure("pixels can be encoded: \(failure)") }
    }
    // Without the room that was not needed, which is most of it.
    return Array(file[...])
  }
}
