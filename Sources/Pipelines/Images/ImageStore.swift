internal import Documents
internal import Hashing
internal import ImageDecoding

/// Makes the files that corpora hold of images: the crawled ones, or smaller ones where those are too large.
struct ImageStore {
  /// The bytes of a stored file, and what it is where it is not the crawled one.
  struct File {
    var bytes: [UInt8]
    var format: ResolvedImage.Format
    var stored: StoredImage?
  }

  let rules: ImageStoreConfiguration
  let limits: ImageLimits

  /// Makes the file of an image out of its crawled bytes.
  ///
  /// It is a function of the bytes and the rules alone.
  func file(of image: ResolvedImage, bytes: [UInt8]) -> File {
    let crawled = File(bytes: bytes, format: image.format, stored: nil)
    let longestSide = max(image.width, image.height)
    let wanted = min(rules.longestSide ?? longestSide, longestSide)
    if wanted == longestSide && bytes.count <= rules.maximumBytes ?? .max { return crawled }
    // JPEG counts sides by 16 bits.
    guard wanted <= 65_500,
      let scaled = ImageDecoder.decode(bytes, fitting: wanted, limits: limits).value
    else { return crawled }
    let encoded = JPEGEncoder.encode(scaled, quality: rules.quality)
    if encoded.count >= bytes.count { return crawled }
    let stored = StoredImage(
      digest: Digest(of: encoded), format: .jpeg, width: scaled.width, height: scaled.height,
      byteCount: encoded.count)
    return File(bytes: encoded, format: .jpeg, stored: stored)
  }
}
