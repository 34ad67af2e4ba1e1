import Documents

extension DecodedImage {
  /// The image as it comes back from a JPEG file of libjpeg's default quality, 75.
  var throughJPEG: DecodedImage {
    let file = JPEGEncoder.encode(self, quality: 75)
    guard let image = ImageDecoder.decode(file).value else {
      preconditionFailure("what was encoded can be decoded")
    }
    return image
  }
}
