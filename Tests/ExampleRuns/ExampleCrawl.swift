package import Documents
import Hashing
package import Provenance
import WebArchive

/// The bytes of a small WARC file of pages, pictures and one request.
package struct ExampleCrawl {
  package let bytes: [UInt8]

  package init(pages: Int, pictures: [[UInt8]]) {
    var bytes = Self.record("request", "https://example.org/", "application/http", [])
    for number in 0..<pages {
      let body = Self.html(number)
      bytes += Self.record(
        "response", "https://example.org/page/\(number).html", "application/http",
        Array("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(body)".utf8))
    }
    for (number, picture) in pictures.enumerated() {
      bytes += Self.record(
        "response", "https://example.org/\(number).png", "application/http",
        Array("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".utf8) + picture)
    }
    self.bytes = bytes
  }

  /// The running text of a page.
  package static func text(_ number: Int) -> String {
    let words = ["loom", "shuttle", "thread", "warp", "heddle", "cloth", "pattern", "colour"]
    let chosen = (0..<12).map { words[(number * 5 + $0 * $0) % words.count] }
    return "The weaver number \(number) takes " + chosen.joined(separator: " and ") + "."
  }

  package static func html(_ number: Int) -> String {
    "<html><body><h1>Page \(number)</h1><p>\(text(number))</p></body></html>"
  }

  /// What the stage `read` would note of each record.
  package func rows(_ path: String, _ digest: Digest) throws -> [RecordRow] {
    var reader = try ArchiveReader(path: path, input: 0, archiveDigest: digest)
    var rows: [RecordRow] = []
    while let item = reader.next() {
      guard case .record(let record) = item else { continue }
      let url = record.targetURI
      let isPage = url?.hasSuffix(".html") == true
      let isImage = url?.hasSuffix(".png") == true
      rows.append(
        RecordRow(
          id: record.id, location: record.location,
          kind: isPage ? .page : isImage ? .image : .other, url: url, status: 200,
          mediaType: isPage ? "text/html" : "image/png",
          reason: isPage || isImage ? nil : Reason.Code("notAResponse")))
    }
    return rows
  }

  private static func record(
    _ type: String, _ uri: String, _ media: String, _ block: [UInt8]
  ) -> [UInt8] {
    let header = """
      WARC/1.0\r
      WARC-Type: \(type)\r
      WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r
      WARC-Date: 2024-01-01T00:00:00Z\r
      WARC-Target-URI: <\(uri)>\r
      Content-Type: \(media)\r
      Content-Length: \(block.count)\r
      \r

      """
    return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
  }
}
