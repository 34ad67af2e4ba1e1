import Documents
import ImageDecoding
import Testing

/// AVIF files whose boxes claim what their pictures do not hold.
@Suite struct AVIFTests {
  /// The file with another size in the box that states it (`ispe`, ISO/IEC 23008-12, 6.5.3).
  private func claim(_ width: UInt32, _ height: UInt32, _ name: String) throws -> [UInt8] {
    var bytes = try Fixture.bytes(name)
    let boxes = bytes.indices.filter { bytes[$0...].starts(with: Array("ispe".utf8)) }
    try #require(!boxes.isEmpty)
    for box in boxes {
      for (offset, side) in [(8, width), (12, height)] {
        for byte in 0..<4 {
          bytes[box + offset + byte] = UInt8(truncatingIfNeeded: side >> (24 - 8 * UInt32(byte)))
        }
      }
    }
    return bytes
  }

  @Test(arguments: ["full.avif", "alpha.avif"])
  func picturesOfMorePixelsThanTheirBoxesStateAreBroken(name: String) throws {
    #expect(ImageDecoder.decode(try claim(45, 31, name)).value != nil)
    for (width, height): (UInt32, UInt32) in [(44, 31), (45, 30), (1, 1)] {
      let reason = ImageDecoder.decode(try claim(width, height, name)).reason
      #expect(reason?.code == .brokenImage, "\(width)x\(height)")
    }
  }

  /// libavif scales such pictures.
  @Test(arguments: ["full.avif", "alpha.avif"])
  func picturesOfFewerPixelsTakeTheSizeThatTheirBoxesState(name: String) throws {
    for (width, height): (UInt32, UInt32) in [(46, 31), (31, 45), (90, 62)] {
      let image = try #require(ImageDecoder.decode(try claim(width, height, name)).value)
      #expect((image.width, image.height) == (Int(width), Int(height)))
    }
  }

  @Test func hugeSizesAreRefusedFromTheHeader() throws {
    let reason = ImageDecoder.decode(try claim(16_000, 16_000, "full.avif")).reason
    #expect(reason?.code == .tooManyPixels)
    #expect(reason?.measured == 256_000_000)
    #expect(
      ImageDecoder.decode(try claim(40_000, 2, "full.avif")).reason?.code == .imageSideTooLong)
    for (width, height): (UInt32, UInt32) in [(.max, .max), (.max, 1), (0, 31), (45, 0)] {
      #expect(
        ImageDecoder.decode(try claim(width, height, "full.avif")).reason != nil)
    }
  }
}
