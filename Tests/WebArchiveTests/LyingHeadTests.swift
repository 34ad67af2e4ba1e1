import Compression
import Documents
import Testing
import WebArchive

/// Heads that say something else of the body than what it is.
@Suite struct LyingHeadTests {
  private static let page = Array(String(repeating: "<p>Hello, world.</p>\n", count: 50).utf8)

  private static func parse(_ fields: String, _ body: [UInt8]) -> HTTPResponse? {
    HTTPResponse.parse(Array("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n".utf8) + body).value
  }

  private static let gzip = CompressionFormat.gzip.compress(page)
  private static let chunks =
    Array("3;x=y\r\n".utf8) + page.prefix(3)
    + Array("\r\n\(String(page.count - 3, radix: 16))\r\n".utf8)
    + page.dropFirst(3) + Array("\r\n0\r\n\r\n".utf8)

  /// What the field says, what the body is: the page comes out all the same.
  static let lies: [(String, [UInt8])] = [
    ("Content-Type: text/html", gzip),
    ("Content-Type: TEXT/HTML; charset=utf-8\r\nContent-Encoding: br", gzip),
    ("Content-Type: text/html\r\nContent-Encoding: deflate", gzip),
    ("Content-Type: text/html\r\nContent-Encoding: identity", gzip),
    ("Content-Type: application/xhtml+xml", CompressionFormat.zstd.compress(page)),
    ("Content-Type: image/svg+xml", gzip),
    ("Content-Type: text/html\r\nContent-Encoding: gzip", CompressionFormat.gzip.compress(gzip)),
    ("Content-Encoding: gzip, identity", gzip),
    ("Content-Encoding: none, gzip, utf-8", gzip),
    ("Content-Encoding: br, gzip", CompressionFormat.brotli.compress(page)),
    ("Transfer-Encoding: gzip", gzip),
    ("Transfer-Encoding: gzip\r\nContent-Encoding: gzip", CompressionFormat.gzip.compress(gzip)),
    ("Content-Type: text/html", chunks),
    ("Content-Type: text/html\r\nContent-Encoding: gzip", chunks),
    ("Transfer-Encoding: identity, chunked", chunks),
  ]

  @Test(arguments: lies.indices) func theBodyIsDecodedByWhatItIs(index: Int) throws {
    let (fields, body) = Self.lies[index]
    let response = try #require(Self.parse(fields, body))
    #expect(response.body == Self.page, "\(fields)")
    #expect(!response.isTruncated)
  }

  @Test func transferCodingsAreUndoneBeforeContentCodings() throws {
    let body = CompressionFormat.gzip.compress(CompressionFormat.brotli.compress(Self.page))
    let chunked =
      Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
    let fields = "Transfer-Encoding: gzip, chunked\r\nContent-Encoding: br"
    #expect(Self.parse(fields, chunked)?.body == Self.page)
  }

  /// A compressed file is not a page that was compressed on its way.
  @Test(arguments: ["application/gzip", "application/octet-stream", "application/zstd", ""])
  func filesStayAsTheyAre(type: String) {
    #expect(Self.parse("Content-Type: \(type)", Self.gzip)?.body == Self.gzip)
    #expect(Self.parse("Content-Type: \(type)", Self.chunks)?.body == Self.chunks)
  }

  /// Text that a decoder without a mark could take for its own.
  @Test(arguments: ["; a comment", "\u{3}", "\u{6}abc", "K\u{4}", ";"])
  func shortTextIsNotTakenForCompressed(text: String) {
    for coding in ["br", "deflate"] {
      let body = Self.parse("Content-Encoding: \(coding)", Array(text.utf8))?.body
      #expect(body == Array(text.utf8) || body == [] && text == ";", "\(coding)")
    }
  }

  @Test(arguments: ["3 apples\n", "beef\r\nis meat", "a\nb\n0\n", "2\r\nab\r\n0\r\n\r\nmore"])
  func textLikeChunksStaysAsItIs(text: String) {
    #expect(Self.parse("Content-Type: text/plain", Array(text.utf8))?.body == Array(text.utf8))
  }

  /// Bytes after the compressed data belong to nobody.
  @Test func bytesAfterTheDataAreIgnored() {
    #expect(Self.parse("Content-Encoding: gzip", Self.gzip + [13, 10])?.body == Self.page)
    #expect(
      Self.parse("Content-Encoding: gzip", Self.gzip + Self.gzip)?.body == Self.page + Self.page)
  }

  @Test func headsAreReadWithoutBodies() throws {
    let block = Array(
      "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: Text/HTML ;x\r\n\r\nbody".utf8)
    let head = try #require(HTTPHead.parse(block).value)
    #expect(head.status == 200 && head.mediaType == "text/html" && head.isWhole)
    #expect(block[head.byteCount...].elementsEqual("body".utf8))
    for length in block.indices {
      switch HTTPHead.parse(Array(block[..<length])) {
      case .kept(let part): #expect(part.byteCount <= length)
      case .dropped(let reason): #expect(reason.code == .notHTTP)
      }
    }
  }
}
