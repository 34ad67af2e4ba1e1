import Documents
import ImageDecoding
import Testing

/// Single colours, crops and sizes.
@Suite struct DecodedImageTests {
  private func flat(_ level: UInt8, width: Int = 8, height: Int = 8) -> [UInt8] {
    [UInt8](repeating: level, count: width * height * 3)
  }

  @Test func flatImagesHaveASingleColour() throws {
    #expect(DecodedImage(width: 8, height: 8, pixels: flat(7)).isSingleColour)
    #expect(DecodedImage(width: 1, height: 1, pixels: [1, 99, 200]).isSingleColour)
    let decoded = try #require(ImageDecoder.decode(Fixture.bytes("flat.jpg")).value)
    #expect(decoded.isSingleColour)
  }

  @Test(arguments: 0..<3)
  func oneDifferentLevelIsASecondColour(channel: Int) {
    var pixels = flat(100)
    pixels[60 + channel] = 102
    #expect(DecodedImage(width: 8, height: 8, pixels: pixels).isSingleColour)
    pixels[60 + channel] = 103
    #expect(!DecodedImage(width: 8, height: 8, pixels: pixels).isSingleColour)
    pixels[63 + channel] = 98
    pixels[60 + channel] = 101
    #expect(!DecodedImage(width: 8, height: 8, pixels: pixels).isSingleColour)
  }

  @Test func cropKeepsThePlaceOfEveryPixel() {
    let pixels = (0..<5 * 4 * 3).map { UInt8($0) }
    let part = DecodedImage(width: 5, height: 4, pixels: pixels).cropped(
      x: 2, y: 1, width: 3, height: 2)
    #expect(part.pixels == Array(21...29) + Array(36...44))
  }

  @Test func resizingToTheSameSizeChangesNothing() throws {
    let image = try #require(ImageDecoder.decode(Fixture.bytes("rgb.png")).value)
    #expect(image.resized(width: image.width, height: image.height) == image)
  }

  @Test(arguments: [(1, 1), (1, 500), (500, 1), (3, 2)])
  func extremeShapesAreResized(width: Int, height: Int) {
    let image = DecodedImage(
      width: width, height: height, pixels: flat(77, width: width, height: height))
    for mode in CLIPPreprocessing.Mode.allCases {
      let result = CLIPPreprocessing(size: 16, mode: mode).apply(image)
      #expect(result == flat(77, width: 16, height: 16))
    }
  }
}
