import Documents

/// Keeps the images of some file formats: JPEG and PNG in mmc4, WebP as well in OBELICS.
struct AcceptedFormats {
  var formats: [ResolvedImage.Format]

  /// Judges an image; an empty list accepts every format that is decoded.
  func refusal(of image: ResolvedImage) -> Reason? {
    formats.isEmpty || formats.contains(image.format)
      ? nil : Reason(.otherFormat, detail: image.format.rawValue)
  }
}
