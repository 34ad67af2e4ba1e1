import Documents
import ImageDecoding
import Testing

/// Images that are too large are refused from their header, before a pixel is allocated.
@Suite struct LimitsTests {
  /// A PNG file of 33 bytes that claims a size, with the checksum left wrong: nothing reads so far.
  private func claim(width: UInt32, height: UInt32) -> [UInt8] {
    let size = [width, height].flatMap { side in
      (0..<4).map { UInt8(truncatingIfNeeded: side >> (24 - 8 * $0)) }
    }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
      + size + [8, 2, 0, 0, 0, 0, 0, 0, 0]
  }

  @Test func bombIsRefusedFromItsHeader() {
    let reason = ImageDecoder.decode(claim(width: 20_000, height: 20_000)).reason
    #expect(reason?.code == .tooManyPixels)
    #expect(reason?.measured == 400_000_000)
    #expect(reason?.threshold == 64_000_000)
  }

  @Test func sizesThatOverflowAreRefused() {
    for (width, height) in [(UInt32(0x7FFF_FFFF), UInt32(0x7FFF_FFFF)), (0x7FFF_FFFF, 1)] {
      #expect(
        ImageDecoder.decode(claim(width: width, height: height)).reason?.code == .tooManyPixels)
    }
    for (width, height) in [(UInt32.max, UInt32(1)), (1, 0x8000_0000)] {
      #expect(ImageDecoder.decode(claim(width: width, height: height)).reason?.code == .brokenImage)
    }
  }

  @Test(arguments: [(UInt32(0), UInt32(5)), (5, 0), (0, 0)])
  func zeroSizesAreBroken(width: UInt32, height: UInt32) {
    #expect(ImageDecoder.decode(claim(width: width, height: height)).reason?.code == .brokenImage)
  }

  @Test func zeroSizesOfJPEGAreBroken() throws {
    let bytes = try Fixture.bytes("baseline-444.jpg")
    let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    for side in [5, 7] {
      var zeroed = bytes
      zeroed[frame + side] = 0
      zeroed[frame + side + 1] = 0
      #expect(ImageDecoder.decode(zeroed).reason?.code == .brokenImage)
    }
  }

  @Test func longSideIsRefused() {
    let reason = ImageDecoder.decode(claim(width: 20_001, height: 1)).reason
    #expect(reason?.code == .imageSideTooLong)
    #expect(reason?.measured == 20_001)
  }

  @Test func limitsAreInclusive() throws {
    let bytes = try Fixture.bytes("rgb.png")
    let exact = ImageLimits(
      maximumBytes: bytes.count, maximumPixels: 45 * 31, maximumSide: 45)
    #expect(ImageDecoder.decode(bytes, limits: exact).value != nil)
    var tight = exact
    tight.maximumBytes -= 1
    #expect(ImageDecoder.decode(bytes, limits: tight).reason?.code == .imageTooLarge)
    tight = exact
    tight.maximumPixels -= 1
    #expect(ImageDecoder.decode(bytes, limits: tight).reason?.code == .tooManyPixels)
    tight = exact
    tight.maximumSide -= 1
    #expect(ImageDecoder.decode(bytes, limits: tight).reason?.code == .imageSideTooLong)
  }
}
