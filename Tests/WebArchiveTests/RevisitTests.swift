import Documents
import Hashing
import Storage
import TestSupport
import Testing
import WebArchive

@Suite struct RevisitTests {
  private let place = TemporaryDirectory()

  private static let page = Array(
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Old: a\r\n\r\n<p>text".utf8)

  /// The records of an archive of a page and what repeats it.
  private func records(
    _ fields: [String], block: String = "HTTP/1.1 304 Not Modified\r\nX-New: b\r\n\r\n"
  ) throws -> (records: [WARCRecord], reader: RecordReader) {
    var archive = ArchiveBuilder()
    archive.add(
      "response", "http://a.test/1", "application/http", Self.page,
      fields: ["WARC-Payload-Digest: sha1:AAAA"])
    archive.add(
      "revisit", "http://a.test/2", "application/http", Array(block.utf8), fields: fields)
    let path = place.file("a.warc")
    try AtomicFile.write(archive.bytes, to: path)
    let digest = try Digest(ofFile: path)
    var reader = try ArchiveReader(path: path, input: 0, archiveDigest: digest)
    var records: [WARCRecord] = []
    while let item = reader.next() {
      if case .record(let record) = item { records.append(record) }
    }
    return (records, try RecordReader(path: path, archiveDigest: digest))
  }

  @Test(arguments: [
    ["WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000001>"],
    [
      "WARC-Refers-To-Target-URI: <http://a.test/1>",
      "WARC-Refers-To-Date: 2026-01-01T00:00:00Z",
    ],
    ["WARC-Payload-Digest: sha1:AAAA"],
    ["WARC-Refers-To: <urn:uuid:elsewhere>", "WARC-Payload-Digest: sha1:AAAA"],
  ])
  func originalsAreFound(fields: [String]) throws {
    let (records, _) = try records(fields)
    let (page, revisit) = (records[0], records[1])
    var index = RevisitIndex()
    var found = index.original(of: revisit, url: "2")
    #expect(found == nil)
    index.add(page, url: "1", mediaType: "text/html")
    found = index.original(of: revisit, url: "2")
    #expect(found?.record == page.reference && found?.mediaType == "text/html")
    #expect(found?.isKnownHere == false)
    // The second visit of the same URL brings nothing new, nor does one of the first URL.
    for (url, isKnown) in [("2", true), ("1", true), ("3", false)] {
      found = index.original(of: revisit, url: url)
      #expect(found?.isKnownHere == isKnown, "\(url)")
    }
  }

  @Test(arguments: [
    [], ["WARC-Refers-To: <urn:uuid:elsewhere>"], ["WARC-Payload-Digest: sha1:BBBB"],
    ["WARC-Refers-To-Target-URI: http://a.test/1"],
    ["WARC-Refers-To-Target-URI: http://a.test/1", "WARC-Refers-To-Date: 2025-01-01T00:00:00Z"],
  ])
  func othersAreNot(fields: [String]) throws {
    let (records, _) = try records(fields)
    var index = RevisitIndex()
    index.add(records[0], url: "1", mediaType: "text/html")
    let found = index.original(of: records[1], url: "2")
    #expect(found == nil)
  }

  @Test func theNumberOfRecordsIsBounded() throws {
    let (records, _) = try records(["WARC-Payload-Digest: sha1:AAAA"])
    var index = RevisitIndex(maximumRecords: 0)
    index.add(records[0], url: "1", mediaType: nil)
    let found = index.original(of: records[1], url: "2")
    #expect(found == nil)
  }

  @Test func aRevisitHasTheBodyOfItsOriginalAndTheFieldsOfBoth() throws {
    let (records, reader) = try records(["WARC-Payload-Digest: sha1:AAAA"])
    let response = try #require(
      reader.response(at: records[1].location, repeating: records[0].location).value)
    #expect(response.status == 200)
    #expect(response.body == Array("<p>text".utf8))
    #expect(response.contentType == "text/html")
    #expect(response.fields["X-Old"] == "a" && response.fields["X-New"] == "b")
    #expect(reader.response(at: records[1].location).value?.body == [])
  }

  @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\n\r\n"])
  func aRevisitMayHaveAHeadOfItsOwnOrNone(block: String) throws {
    let (records, reader) = try records(["WARC-Payload-Digest: sha1:AAAA"], block: block)
    let response = try #require(
      reader.response(at: records[1].location, repeating: records[0].location).value)
    #expect(response.body == Array("<p>text".utf8))
    #expect(response.contentType == (block.isEmpty ? "text/html" : "text/html; charset=x"))
  }

  @Test func aResourceIsAResponseWithoutAHead() throws {
    var archive = ArchiveBuilder()
    archive.add("resource", "ftp://a.test/1", "text/html; charset=koi8-r", Array("<p>x".utf8))
    try AtomicFile.write(archive.bytes, to: place.file("b.warc"))
    var reader = try ArchiveReader(
      path: place.file("b.warc"), input: 0, archiveDigest: Digest(of: archive.bytes))
    let next = reader.next()
    let item = try #require(next)
    guard case .record(let record) = item else {
      Issue.record("\(item) is no record")
      return
    }
    let response = try #require(HTTPResponse.archived(by: record).value)
    #expect(response.status == 200 && response.body == Array("<p>x".utf8))
    #expect(response.contentType == "text/html; charset=koi8-r")
    #expect(HTTPHead.archived(by: record).value?.mediaType == "text/html")
    var limits = HTTPLimits()
    limits.maximumBodyBytes = 3
    #expect(HTTPResponse.archived(by: record, limits: limits).reason?.code == .bodyTooLarge)
  }
}
