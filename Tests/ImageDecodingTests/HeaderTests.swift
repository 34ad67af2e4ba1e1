import Documents
import ImageDecoding
import Testing

/// What a file says of itself, and the kinds of files that are refused by name.
@Suite struct HeaderTests {
  @Test(arguments: [
    ("baseline-420.jpg", ResolvedImage.Format.jpeg), ("palette4.png", .png), ("lossy.webp", .webp),
    ("lossless-alpha.webp", .webp), ("palette.gif", .gif), ("animated.gif", .gif),
    ("full.avif", .avif), ("sequence.avif", .avif),
  ])
  func sizeIsReadWithoutDecoding(name: String, format: ResolvedImage.Format) throws {
    let header = try #require(ImageDecoder.header(of: Fixture.bytes(name)).value)
    #expect(header.format == format)
    #expect(header.width == 45)
    #expect(header.height == 31)
  }

  static let foreign: [(String, [UInt8])] = [
    ("unknown", Array("GIF88a\u{1}\0\u{1}\0".utf8)),
    ("unknown", [0, 0, 0, 32] + Array("ftypavi1".utf8) + [0, 0, 0, 0]),
    ("HEIF", [0, 0, 0, 24] + Array("ftypheic".utf8)),
    ("SVG", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
    ("SVG", Array("<?xml version='1.0'?>\n<!-- drawn by hand -->\n<SVG>".utf8)),
    ("HTML", Array("<!DOCTYPE html><title>404</title>".utf8)),
    ("BMP", Array("BM".utf8) + [UInt8](repeating: 0, count: 40)),
    ("ICO", [0, 0, 1, 0, 1, 0]),
    ("TIFF", [0x49, 0x49, 0x2A, 0]),
    ("TIFF", [0x4D, 0x4D, 0, 0x2A]),
    ("JPEG XL", [0xFF, 0x0A]),
    ("PDF", Array("%PDF-1.7".utf8)),
    ("no bytes", []),
    ("unknown", [1, 2, 3]),
    ("unknown", [UInt8](repeating: 0, count: 5_000)),
    ("unknown", Array("RIFF\0\0\0\0WAVE".utf8)),
  ]

  @Test(arguments: foreign)
  func otherKindsAreNamed(name: String, bytes: [UInt8]) {
    for reason in [ImageDecoder.header(of: bytes).reason, ImageDecoder.decode(bytes).reason] {
      #expect(reason?.code == .unsupportedFormat)
      #expect(reason?.detail == name)
    }
  }

  @Test func animatedWebPIsUnsupported() throws {
    let reason = ImageDecoder.decode(try Fixture.bytes("animated.webp")).reason
    #expect(reason?.code == .unsupportedFormat)
    #expect(reason?.detail == "animated WebP")
  }
}
