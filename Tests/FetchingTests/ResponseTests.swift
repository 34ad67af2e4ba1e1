import Documents
import HTTPExchanges
import Testing

@testable import Fetching

struct ResponseTests {
  @Test(
    arguments: [
      ("noai", [.noai]), ("NOAI, noimageai", [.noai, .noimageai]), ("index, follow", []),
      ("weft: noindex", [.noindex]), ("otherbot: noai, noindex", []),
      ("otherbot: noai, weft: noimageai", [.noimageai]), ("*: noai", [.noai]), ("none", [.noindex]),
      ("max-image-preview: large, noimageindex", [.noimageindex]),
      ("unavailable_after: 25 Jun 2030 15:00:00 PST, noai", [.noai]), ("", []), (":", []),
      (",,:,", []),
      ("tdm-reservation", []),
    ] as [(String, Set<OptOut>)])
  func `X-Robots-Tag`(value: String, expected: Set<OptOut>) {
    #expect(OptOut.inRobotsTag(value, for: "weft") == expected)
  }

  @Test(
    arguments: [
      ("robots", "noai, noindex", [.noai, .noindex]), ("Weft", "noimageai", [.noimageai]),
      ("googlebot", "noindex", []), ("tdm-reservation", "1", [.tdmReservation]),
      ("tdm-reservation", "0", []),
    ] as [(String, String, Set<OptOut>)])
  func `meta robots`(name: String, content: String, expected: Set<OptOut>) {
    #expect(OptOut.inMeta(name: name, content: content, for: "weft") == expected)
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), ("", nil), ("soon", nil),
      ("Sun, 06 Nov 1994 25:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
      ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
    ] as [(String, Int64?)])
  func `dates`(text: String, seconds: Int64?) { #expect(HTTPDate.parse(text) == seconds) }

  @Test(
    arguments: [
      ("0", nil, .zero), ("120", nil, .seconds(120)), (" 5 ", nil, .seconds(5)), ("-5", nil, nil),
      ("99999999999999999999", nil, .seconds(366 * 86_400)), ("1.5", nil, nil), ("later", nil, nil),
      ("Sun, 06 Nov 1994 08:49:47 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", .seconds(10)),
      ("Sun, 06 Nov 1994 08:49:47 GMT", nil, .seconds(20)),
      ("Sun, 06 Nov 1994 08:49:17 GMT", nil, .zero),
    ] as [(String, String?, Duration?)])
  func `Retry-After`(value: String, date: String?, wait: Duration?) {
    #expect(RetryAfter.wait(value, date: date, now: 784_111_767) == wait)
  }

  @Test(
    arguments: [
      ([0xFF, 0xD8, 0xFF, 0xE0], .image("image/jpeg")),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .image("image/png")),
      (Array("GIF89a".utf8), .image("image/gif")), (Array("GIF88a".utf8), .other("text")),
      (Array("RIFF....WEBPVP8 ".utf8), .image("image/webp")),
      (Array("RIFF....WAVEfmt ".utf8), .other("text")), (Array("BM....".utf8), .image("image/bmp")),
      ([0, 0, 1, 0], .image("image/x-icon")),
      ([0, 0, 0, 0x1C] + Array("ftypavif\0\0\0\0mif1miaf".utf8), .image("image/avif")),
      ([0, 0, 0, 0x18] + Array("ftypmif1\0\0\0\0avifmiaf".utf8), .image("image/avif")),
      ([0, 0, 0, 0x18] + Array("ftypisom\0\0\0\0avc1mp41".utf8), .other("unknown binary")),
      // The version of a box is no brand.
      ([0, 0, 0, 0x14] + Array("ftypisomavifmp41".utf8), .other("unknown binary")),
      (Array("<svg xmlns=''>".utf8), .vector),
      (Array("<?xml version='1.0'?>\n<svg>".utf8), .vector),
      (Array("\n <!DOCTYPE HTML><svg>".utf8), .other("HTML")),
      (Array("<html>".utf8), .other("HTML")),
      (Array("<?xml version='1.0'?><rss>".utf8), .other("XML")),
      (Array("%PDF-1.4".utf8), .other("PDF")),
      (Array("hello".utf8), .other("text")), ([], .other("no bytes")),
      ([1, 2, 3], .other("unknown binary")),
    ] as [([UInt8], SniffedType)])
  func `sniffing`(bytes: [UInt8], type: SniffedType) { #expect(SniffedType(of: bytes) == type) }

  @Test func `every truncation of a signature is judged`() {
    let whole = [0, 0, 0, 0x1C] + Array("ftypavif\0\0\0\0mif1miaf".utf8)
    for count in 0..<12 { #expect(SniffedType(of: Array(whole.prefix(count))) != .vector) }
  }

  @Test func `interim responses and trailers are not the head`() {
    var head = ResponseHead()
    for line in [
      "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 302 Found\r\n",
      "LOCATION:  /b  \r\n", "X: 1\rInjected: 1\r\n", "x: 2\r\n", "\r\n", "Location: /trailer\r\n",
    ] { head.add(Array(line.utf8)) }
    #expect(head.isComplete)
    #expect(head.status == 302)
    #expect(head.location == "/b")
    #expect(head.values("x") == ["1 Injected: 1", "2"])
    #expect(head.value("link") == nil)
  }
}
