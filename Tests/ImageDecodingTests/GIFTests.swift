import Documents
import ImageDecoding
import Testing

/// The first frames of GIF files, well-formed and hostile.
@Suite struct GIFTests {
  private func decoded(_ file: GIFFile) throws -> DecodedImage {
    try #require(ImageDecoder.decode(file.bytes).value)
  }

  private func colour(_ image: DecodedImage, _ x: Int, _ y: Int) -> [UInt8] {
    let place = 3 * (y * image.width + x)
    return Array(image.pixels[place..<place + 3])
  }

  private static let white: [UInt8] = [255, 255, 255]

  @Test func theLocalTableComesBeforeTheGlobalOne() throws {
    var file = GIFFile()
    #expect(colour(try decoded(file), 1, 1) == GIFFile.red)
    file.localColours = GIFFile.blue + GIFFile.red
    #expect(colour(try decoded(file), 1, 1) == GIFFile.blue)
    file.globalColours = nil
    #expect(colour(try decoded(file), 1, 1) == GIFFile.blue)
  }

  @Test func noTableIsBroken() {
    var file = GIFFile()
    file.globalColours = nil
    let reason = ImageDecoder.decode(file.bytes).reason
    #expect(reason == Reason(.brokenImage, detail: "no colour table"))
  }

  @Test func transparentAndUnknownEntriesAreWhite() throws {
    var file = GIFFile()
    file.codes = [0, 1, 2, 127] + [UInt8](repeating: 0, count: 8)
    file.transparent = 1
    let image = try decoded(file)
    let row = (0..<4).map { colour(image, $0, 0) }
    #expect(row == [GIFFile.red, Self.white, Self.white, Self.white])
  }

  @Test func aSmallFrameStandsOnWhite() throws {
    var file = GIFFile()
    file.frame = (left: 1, top: 2, width: 2, height: 1)
    file.codes = [0, 1]
    let image = try decoded(file)
    #expect((image.width, image.height) == (4, 3))
    #expect(colour(image, 0, 2) == Self.white)
    #expect(colour(image, 1, 2) == GIFFile.red)
    #expect(colour(image, 2, 2) == GIFFile.blue)
    #expect(colour(image, 1, 1) == Self.white)
  }

  @Test func aFrameOutsideTheScreenWidensIt() throws {
    var file = GIFFile()
    file.screen = (width: 0, height: 0)
    file.frame = (left: 10, top: 20, width: 4, height: 3)
    let image = try decoded(file)
    #expect((image.width, image.height) == (14, 23))
    #expect(colour(image, 13, 22) == GIFFile.red)
    #expect(colour(image, 9, 22) == Self.white)
  }

  @Test func hugeSizesAreRefusedFromTheHeader() {
    var screen = GIFFile()
    screen.screen = (width: 65_535, height: 65_535)
    #expect(ImageDecoder.decode(screen.bytes).reason?.code == .tooManyPixels)
    var frame = GIFFile()
    frame.frame = (left: 65_535, top: 0, width: 65_535, height: 400)
    let reason = ImageDecoder.decode(frame.bytes).reason
    #expect(reason?.code == .imageSideTooLong)
    #expect(reason?.measured == 131_070)
  }

  @Test(arguments: [(0, 3), (4, 0), (0, 0)])
  func anEmptyFrameIsBroken(width: Int, height: Int) {
    var file = GIFFile()
    file.frame = (left: 0, top: 0, width: width, height: height)
    #expect(ImageDecoder.decode(file.bytes).reason?.code == .brokenImage)
  }

  /// Codes of strings that do not exist, and fewer pixels than the frame has.
  @Test(arguments: [
    [131], [0, 140], [255], [0, 131, 200], [130, 130, 130], [], [0],
    [UInt8](repeating: 0, count: 11),
  ])
  func wrongCodesAreBroken(codes: [UInt8]) {
    var file = GIFFile()
    file.codes = codes
    #expect(ImageDecoder.decode(file.bytes).reason?.code == .brokenImage)
  }

  @Test func codesPastTheLastPixelAreIgnored() throws {
    var file = GIFFile()
    let image = try decoded(file)
    file.codes += [1, 1, 1, 1]
    #expect(try decoded(file) == image)
  }

  @Test func aFileWithoutAFrameIsBroken() {
    let bytes = Array("GIF89a".utf8) + [4, 0, 3, 0, 0x80, 0, 0] + GIFFile.red + GIFFile.blue
    for tail: [UInt8] in [[], [0x3B], [0x21, 0xFE, 1, 65, 0, 0x3B], [0x21], [0x55], [0x2C]] {
      #expect(ImageDecoder.decode(bytes + tail).reason?.code == .brokenImage)
    }
  }
}
