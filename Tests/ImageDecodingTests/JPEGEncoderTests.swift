import Documents
import ImageDecoding
import Testing

@Suite struct JPEGEncoderTests {
  /// A scene of slow changes, which JPEG keeps well, of a size.
  private static func scene(_ width: Int, _ height: Int) -> DecodedImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        pixels += [
          UInt8(255 * x / max(1, width)), UInt8(255 * y / max(1, height)),
          UInt8(127 + 100 * (x + y) / (width + height)),
        ]
      }
    }
    return DecodedImage(width: width, height: height, pixels: pixels)
  }

  @Test(arguments: [(1, 1), (16, 16), (37, 53), (200, 150), (1, 500)])
  func whatIsEncodedIsDecoded(width: Int, height: Int) throws {
    let scene = Self.scene(width, height)
    let file = JPEGEncoder.encode(scene, quality: 95)
    #expect(ImageDecoder.header(of: file).value?.format == .jpeg)
    let decoded = try #require(ImageDecoder.decode(file).value)
    #expect((decoded.width, decoded.height) == (width, height))
    #expect(try #require(largestDifference(decoded.pixels, scene.pixels)) <= 24)
    #expect(JPEGEncoder.encode(scene, quality: 95) == file)
  }

  /// Noise at the best quality is the largest file there is for a size.
  @Test(arguments: [(1, 1), (16, 16), (33, 17), (256, 256)])
  func noiseHasRoom(width: Int, height: Int) {
    var state: UInt64 = 1
    let noise = (0..<width * height * 3).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let image = DecodedImage(width: width, height: height, pixels: noise)
    #expect(ImageDecoder.decode(JPEGEncoder.encode(image, quality: 100)).value != nil)
  }

  @Test func lowerQualityIsSmaller() {
    let scene = Self.scene(300, 200)
    let sizes = [10, 50, 90, 100].map { JPEGEncoder.encode(scene, quality: $0).count }
    #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
  }
}
