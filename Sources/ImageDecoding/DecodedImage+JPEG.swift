internal import CImageCodecs
internal import Documents

extension DecodedImage {
  /// The image as a JPEG file gives it back that libjpeg writes by its defaults: quality 75, colour at
  /// half the size each way.
  ///
  /// The pixels are those of Pillow's `save` with `JPEG` and `open`, to the bit.
  var throughJPEG: DecodedImage {
    guard let image = ImageDecoder.decode(jpegFile).value else {
      preconditionFailure("a file that libjpeg has just written can be read")
    }
    return image
  }

  private var jpegFile: [UInt8] {
    let size = CImageCodecs_Size(width: UInt32(width), height: UInt32(height))
    var text = [CChar](repeating: 0, count: 200)
    var start: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = text.withUnsafeMutableBufferPointer { text in
      guard let place = text.baseAddress else { return CImageCodecs_broken }
      let message = CImageCodecs_Message(text: place, capacity: text.count)
      return pixels.withUnsafeBufferPointer { pixels in
        guard let source = pixels.baseAddress else { return CImageCodecs_broken }
        return CImageCodecs_jpegEncode(source, size, &start, &count, message)
      }
    }
    guard status == CImageCodecs_ok, let start else {
      // Only memory can be short: pixels of any values make a JPEG file.
      fatalError("an image of \(width) x \(height) pixels cannot be written as JPEG")
    }
    defer { CImageCodecs_free(start) }
    return Array(UnsafeBufferPointer(start: start, count: count))
  }
}
