import Documents
import Foundation
import ImageDecoding
import Testing

/// Decoded pixels and hashes are those of Pillow and ImageHash.
@Suite struct PillowParityTests {
  // Pixels are equal to the bit: Pillow decodes by the same libraries, whose arithmetic is fixed.
  private static let names = [
    "baseline-420.jpg", "baseline-422.jpg", "baseline-444.jpg", "progressive.jpg", "restarts.jpg",
    "grey.jpg", "cmyk.jpg", "flat.jpg",
    "rgb.png", "rgb-interlaced.png", "rgba.png", "rgba-interlaced.png", "rgb16.png", "rgb-key.png",
    "grey1.png", "grey2.png", "grey4.png", "grey4-interlaced.png", "grey8.png", "grey16.png",
    "grey-alpha.png", "grey-key.png",
    "palette1.png", "palette2.png", "palette4.png", "palette8.png",
    "palette1-transparent.png", "palette2-transparent.png", "palette4-transparent.png",
    "palette8-transparent.png",
    "lossy.webp", "lossless.webp", "lossy-alpha.webp", "lossless-alpha.webp",
    "palette.gif", "interlaced.gif", "transparent.gif", "animated.gif",
    // A profile of sRGB and a broken one change nothing.
    "srgb.png", "broken-profile.png",
  ]

  @Test(arguments: names)
  func pixelsAreThoseOfPillow(name: String) throws {
    let golden = try #require(try Goldens.load().files[name])
    let decoded = try #require(ImageDecoder.decode(Fixture.bytes(name)).value)
    #expect(decoded.width == golden.width)
    #expect(decoded.height == golden.height)
    #expect(largestDifference(decoded.pixels, golden.pixels) == 0)
  }

  /// The pictures are the same to the bit, and their conversion to RGB rounds as the versions of
  /// libavif and libyuv do.
  @Test(arguments: [
    "full.avif", "halved.avif", "grey.avif", "alpha.avif", "sequence.avif",
    "orientation-2.avif", "orientation-3.avif", "orientation-4.avif", "orientation-5.avif",
    "orientation-6.avif", "orientation-7.avif", "orientation-8.avif",
  ])
  func pixelsOfAVIFAreNearlyThoseOfPillow(name: String) throws {
    let golden = try #require(try Goldens.load().files[name])
    let bytes = try Fixture.bytes(name)
    let header = try #require(ImageDecoder.header(of: bytes).value)
    let decoded = try #require(ImageDecoder.decode(bytes).value)
    #expect((header.width, header.height) == (golden.width, golden.height))
    #expect((decoded.width, decoded.height) == (golden.width, golden.height))
    #expect(try #require(largestDifference(decoded.pixels, golden.pixels)) <= 2)
  }

  /// Colours of a profile become those of sRGB, as far as the versions of Little CMS round alike.
  @Test(arguments: ["p3.jpg", "p3.png", "p3.webp", "p3.avif"])
  func profilesAreApplied(name: String) throws {
    let golden = try #require(try Goldens.load().files[name])
    let bytes = try Fixture.bytes(name)
    let decoded = try #require(ImageDecoder.decode(bytes, fitting: 10_000).value)
    let tolerance = name.hasSuffix("avif") ? 3 : 1
    #expect(try #require(largestDifference(decoded.pixels, golden.pixels)) <= tolerance)
    let plain = try #require(try Goldens.load().files["srgb.png"])
    #expect(try #require(largestDifference(decoded.pixels, plain.pixels)) > 20)
    // Elsewhere they are passed over, as by Pillow where nobody asks it.
    if name == "p3.png" || name == "p3.webp" {
      #expect(try #require(ImageDecoder.decode(bytes).value).pixels == Array(plain.pixels))
    }
  }

  @Test(arguments: 1...8)
  func orientationIsApplied(orientation: Int) throws {
    let name = "orientation-\(orientation).jpg"
    let golden = try #require(try Goldens.load().files[name])
    let bytes = try Fixture.bytes(name)
    let header = try #require(ImageDecoder.header(of: bytes).value)
    let decoded = try #require(ImageDecoder.decode(bytes).value)
    #expect((header.width, header.height) == (golden.width, golden.height))
    #expect((decoded.width, decoded.height) == (golden.width, golden.height))
    #expect(largestDifference(decoded.pixels, golden.pixels) == 0)
  }

  @Test func perceptualHashesAreThoseOfImageHash() throws {
    let goldens = try Goldens.load()
    let named = goldens.files.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    for (name, golden) in named + goldens.hashes.map({ ("\($0.width)x\($0.height)", $0) }) {
      #expect(
        golden.decoded.perceptualHash.description == golden.perceptualHash, "\(name)")
    }
  }

  @Test func thumbnailsAreThoseOfPillow() throws {
    for golden in try Goldens.load().thumbnails {
      let small = try #require(
        ImageDecoder.decode(Fixture.bytes(golden.name), fitting: golden.side).value)
      let what = "\(golden.name) at \(golden.side)"
      #expect((small.width, small.height) == (golden.width, golden.height), "\(what)")
      #expect(largestDifference(small.pixels, golden.pixels) == 0, "\(what)")
    }
  }

  @Test func preprocessingIsThatOfPillow() throws {
    for golden in try Goldens.load().preprocessing {
      let image = DecodedImage(
        width: golden.width, height: golden.height, pixels: Array(golden.source))
      let result = CLIPPreprocessing(size: golden.size, mode: golden.mode).apply(image)
      #expect(
        largestDifference(result, golden.pixels) == 0,
        "\(golden.width)x\(golden.height) \(golden.mode.rawValue)")
    }
  }
}
