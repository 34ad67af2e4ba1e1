import Compression
import Documents
import Testing
import WebArchive

@Suite struct HTTPResponseTests {
  private let page = Array(String(repeating: "<p>Hello, world.</p>\n", count: 50).utf8)

  private func parse(
    _ header: String, _ body: [UInt8] = [], limits: HTTPLimits = HTTPLimits()
  ) -> Decision<HTTPResponse> {
    HTTPResponse.parse(Array((header + "\r\n\r\n").utf8) + body, limits: limits)
  }

  private func chunked(_ body: [UInt8], size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: body.count, by: size) {
      let chunk = body[start..<min(start + size, body.count)]
      bytes += Array("\(String(chunk.count, radix: 16));name=value\r\n".utf8) + chunk
      bytes += Array("\r\n".utf8)
    }
    return bytes + Array("0\r\nTrailer: x\r\n\r\n".utf8)
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK", 200, "OK"), ("HTTP/1.0 404 Not  Found", 404, "Not  Found"),
    ("HTTP/2 301", 301, ""), ("HTTP/1.1  500 ", 500, ""),
    ("HTTP/1.1 101 Switching", 101, "Switching"),
  ])
  func statusLineIsRead(line: String, status: Int, reason: String) throws {
    let response = try #require(parse(line).value)
    #expect(response.status == status && response.reason == reason)
    #expect(response.body.isEmpty && !response.isTruncated)
  }

  @Test(arguments: [
    "", "HTTP/1.1", "HTTP/1.1 OK", "HTTP/1.1 20 OK", "HTTP/1.1 099 x", "GET / HTTP/1.1", "<html>",
  ])
  func otherBlocksAreNoResponses(line: String) {
    #expect(parse(line).reason == Reason(.notHTTP))
  }

  @Test func fieldsRepeatAndFold() throws {
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nSet-Cookie: b=2\nX: one\r\n\ttwo\r\nbroken\r\n")
        .value)
    #expect(response.fields.values(of: "Set-Cookie") == ["a=1", "b=2"])
    #expect(response.fields["x"] == "one two")
  }

  @Test func lineFeedsAloneEndLines() throws {
    let block = Array("HTTP/1.1 200 OK\nContent-Type: text/html\n\nbody".utf8)
    let response = try #require(HTTPResponse.parse(block).value)
    #expect(response.contentType == "text/html" && response.body == Array("body".utf8))
  }

  @Test func headerWithoutEndHasNoBody() throws {
    let response = try #require(HTTPResponse.parse(Array("HTTP/1.1 200 OK\r\nA: b".utf8)).value)
    #expect(response.fields["A"] == "b" && response.body.isEmpty && response.isTruncated)
  }

  @Test func interimResponsesArePassedOver() throws {
    let interim = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    let response = try #require(
      parse(interim + interim + "HTTP/1.1 200 OK", Array("body".utf8)).value)
    #expect(response.status == 200 && response.body == Array("body".utf8))
    let endless = String(repeating: interim, count: 1000)
    #expect(parse(endless + "HTTP/1.1 200 OK").value?.status == 103)
  }

  @Test(arguments: [1, 7, 1000, 5000]) func chunksAreJoined(size: Int) throws {
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked", chunked(page, size: size)).value)
    #expect(response.body == page && !response.isTruncated)
  }

  @Test func everyTruncationOfAChunkedBodyGivesItsBeginning() throws {
    let body = chunked(page, size: 300)
    for length in 0..<body.count {
      let response = try #require(
        parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", Array(body[..<length])).value)
      // Before the first chunk's length is whole, nothing tells that there are chunks.
      let isRaw = !body[..<length].contains(UInt8(ascii: "\n"))
      #expect(isRaw ? response.body.count == length : page.starts(with: response.body))
      let isLastChunkHere = length >= body.count - "Trailer: x\r\n\r\n".utf8.count
      #expect(response.isTruncated == (!isRaw && !isLastChunkHere), "\(length)")
    }
  }

  @Test(arguments: ["<html>\n", "zz\r\n", "\r\n", "-5\r\nabcde", "10000000000000000\r\nx"])
  func bodyThatIsNotChunkedIsKept(body: String) throws {
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", Array(body.utf8)).value)
    #expect(response.body == Array(body.utf8) && !response.isTruncated)
  }

  @Test func hugeChunkLengthIsATruncatedChunk() throws {
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", Array("FFFFFFFFFFFFFFF\r\nabc".utf8))
        .value)
    #expect(response.body == Array("abc".utf8) && response.isTruncated)
  }

  static let codings: [(String, CompressionFormat)] = [
    ("gzip", .gzip), ("X-GZIP", .gzip), ("deflate", .zlib), ("deflate", .deflate), ("br", .brotli),
    ("zstd", .zstd),
  ]

  @Test(arguments: codings) func codingIsUndone(name: String, format: CompressionFormat) throws {
    let encoded = format.compress(page)
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nContent-Encoding: \(name)", encoded).value)
    #expect(response.body == page && !response.isTruncated)
    let both = try #require(
      parse(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: \(name)",
        chunked(encoded, size: 10)
      ).value)
    #expect(both.body == page)
  }

  @Test(arguments: codings)
  func everyTruncationGivesTheBeginning(name: String, format: CompressionFormat) throws {
    var generator = SeededGenerator(state: 9)
    let text = (0..<3000).map { _ in UInt8.random(in: 97...105, using: &generator) }
    let encoded = format.compress(text)
    var longest = 0
    for length in 1..<encoded.count {
      let response = try #require(
        parse("HTTP/1.1 200 OK\r\nContent-Encoding: \(name)", Array(encoded[..<length])).value)
      let isBeginning = text.starts(with: response.body)
      #expect(isBeginning || response.body == Array(encoded[..<length]), "\(length)")
      #expect(!isBeginning || response.isTruncated || response.body == text, "\(length)")
      if isBeginning { longest = max(longest, response.body.count) }
    }
    #expect(longest > 0)
  }

  @Test func severalCodingsAreUndoneInTurn() throws {
    let encoded = CompressionFormat.brotli.compress(CompressionFormat.gzip.compress(page))
    for header in ["Content-Encoding: gzip, br", "Content-Encoding: gzip\r\nContent-Encoding: br"] {
      #expect(parse("HTTP/1.1 200 OK\r\n\(header)", encoded).value?.body == page)
    }
  }

  @Test(arguments: [
    "gzip", "deflate", "br", "zstd", "utf-8", "identity", "gzip, gzip", "br,br,br,br,br,br",
  ])
  func lyingHeaderKeepsTheBody(coding: String) throws {
    let response = try #require(
      parse("HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)", page).value)
    #expect(response.body == page && !response.isTruncated)
  }

  @Test func lengthBeyondTheBodyIsTold() throws {
    #expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 4", [1, 2, 3]).value?.isTruncated == true)
    #expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 3", [1, 2, 3]).value?.isTruncated == false)
    #expect(parse("HTTP/1.1 200 OK\r\nContent-Length: 2", [1, 2, 3]).value?.body == [1, 2, 3])
  }

  @Test(arguments: codings) func bombsAreBounded(name: String, format: CompressionFormat) {
    let bomb = format.compress([UInt8](repeating: 0, count: 30_000_000))
    var limits = HTTPLimits()
    limits.maximumBodyBytes = 29_999_999
    let header = "HTTP/1.1 200 OK\r\nContent-Encoding: \(name)"
    #expect(parse(header, bomb, limits: limits).reason?.code == .bodyTooLarge)
    limits.maximumBodyBytes = 30_000_000
    #expect(parse(header, bomb, limits: limits).value?.body.count == 30_000_000)
  }

  @Test func largeBodyWithoutCodingIsBounded() {
    var limits = HTTPLimits()
    limits.maximumBodyBytes = 10
    let reason = parse("HTTP/1.1 200 OK", page, limits: limits).reason
    #expect(reason == Reason(.bodyTooLarge, threshold: 10))
  }

  @Test func headerIsBounded() {
    var limits = HTTPLimits()
    limits.maximumHeaderBytes = 30
    #expect(parse("HTTP/1.1 200 OK\r\nA: b", limits: limits).value != nil)
    #expect(parse("HTTP/1.1 200 OK\r\nA: bcdefghijkl", limits: limits).reason?.code == .notHTTP)
  }
}
