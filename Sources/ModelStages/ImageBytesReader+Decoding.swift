internal import Documents
internal import ImageDecoding
internal import Pipelines

extension ImageBytesReader {
  /// Decodes an image that the images stage decoded before.
  ///
  /// - Throws: `RunError` where the archive no longer holds it.
  mutating func decoded(_ image: ResolvedImage) throws -> DecodedImage {
    // The images stage decoded the same bytes under limits of its own; here there are none.
    let limits = ImageLimits(maximumBytes: .max, maximumPixels: .max, maximumSide: .max)
    switch ImageDecoder.decode(try bytes(of: image), limits: limits) {
    case .kept(let decoded): return decoded
    case .dropped(let reason):
      throw RunError(.damaged, "image \(image.digest) can no longer be decoded: \(reason)")
    }
  }
}
