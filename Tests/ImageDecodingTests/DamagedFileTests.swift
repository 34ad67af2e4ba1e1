import Documents
import ImageDecoding
import TestSupport
import Testing

/// Damaged files end in a reason; nothing that is cut short is decoded to made-up pixels.
@Suite struct DamagedFileTests {
  @Test(arguments: ["baseline-420.jpg", "progressive.jpg", "restarts.jpg", "cmyk.jpg", "grey.jpg"])
  func jpegThatIsCutIsBroken(name: String) throws {
    let bytes = try Fixture.bytes(name)
    // Without its last two bytes, the end marker, a JPEG file still holds every pixel.
    for end in stride(from: 3, to: bytes.count - 2, by: 64) {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .brokenImage, "\(end)")
    }
  }

  @Test(arguments: ["grey1.png", "palette2-transparent.png", "rgba-interlaced.png"])
  func pngThatIsCutIsBroken(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for end in 8..<bytes.count {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .brokenImage, "\(end)")
    }
    for end in 0..<8 {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .unsupportedFormat)
    }
  }

  @Test(arguments: ["lossy.webp", "lossless-alpha.webp"])
  func webpThatIsCutIsBroken(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for end in 12..<bytes.count - 2 {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .brokenImage, "\(end)")
    }
  }

  @Test(arguments: ["palette.gif", "interlaced.gif", "transparent.gif"])
  func gifThatIsCutIsBroken(name: String) throws {
    let bytes = try Fixture.bytes(name)
    // Without its last byte, the trailer, a GIF file still holds every pixel.
    for end in 6..<bytes.count - 1 {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .brokenImage, "\(end)")
    }
    #expect(ImageDecoder.decode(Array(bytes.dropLast())) == ImageDecoder.decode(bytes))
  }

  @Test(arguments: ["full.avif", "halved.avif", "alpha.avif", "orientation-6.avif"])
  func avifThatIsCutIsBroken(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for end in 12..<bytes.count {
      #expect(ImageDecoder.decode(Array(bytes[..<end])).reason?.code == .brokenImage, "\(end)")
    }
  }

  @Test func pngWithAWrongChecksumIsBroken() throws {
    var bytes = try Fixture.bytes("rgb.png")
    bytes[bytes.count - 20] ^= 1
    #expect(ImageDecoder.decode(bytes).reason?.code == .brokenImage)
  }

  @Test func bytesAfterTheEndAreIgnored() throws {
    for name in ["baseline-420.jpg", "rgb.png", "lossless.webp", "palette.gif", "full.avif"] {
      let bytes = try Fixture.bytes(name)
      let padded = bytes + [UInt8](repeating: 0x5A, count: 100)
      #expect(ImageDecoder.decode(padded) == ImageDecoder.decode(bytes), "\(name)")
    }
  }

  @Test(arguments: [
    "baseline-420.jpg", "progressive.jpg", "cmyk.jpg", "orientation-6.jpg", "rgb.png",
    "rgba-interlaced.png", "palette4-transparent.png", "lossy.webp", "lossless-alpha.webp",
    "lossy-alpha.webp", "interlaced.gif", "animated.gif", "full.avif", "alpha.avif",
    "sequence.avif",
  ])
  func randomFlipsEndInAnImageOrAReason(name: String) throws {
    let bytes = try Fixture.bytes(name)
    var random = SeededGenerator(seed: 11)
    let limits = ImageLimits(maximumPixels: 1 << 20)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      let decision = ImageDecoder.decode(damaged, limits: limits)
      if let image = decision.value {
        #expect(image.pixels.count == image.width * image.height * 3)
        #expect(image.width * image.height <= limits.maximumPixels)
      } else {
        #expect(decision.reason != nil)
      }
      #expect(decision == ImageDecoder.decode(damaged, limits: limits))
    }
  }

  @Test func progressiveFileOfManyScansIsBroken() throws {
    let bytes = try Fixture.bytes("progressive.jpg")
    let scans = bytes.indices.filter { bytes[$0...].starts(with: [0xFF, 0xDA]) }
    let last = try #require(scans.last)
    let scan = bytes[last..<bytes.count - 2]
    let repeated = (0..<200).flatMap { _ in scan }
    let reason = ImageDecoder.decode(bytes[..<last] + repeated + [0xFF, 0xD9]).reason
    #expect(reason?.code == .brokenImage)
  }
}
