import Deduplication
import Documents
import Foundation
import Pipelines
import Provenance
import Storage
import TestSupport
import Testing

/// Pages and images come from responses, resources and revisits alike.
@Suite struct RecordKindTests {
  private let place = TemporaryDirectory()

  private static let firstID = "<urn:uuid:00000000-0000-4000-8000-000000000001>"
  private static let secondID = "<urn:uuid:00000000-0000-4000-8000-000000000002>"

  private static func page(_ image: String, _ word: String) -> String {
    let sentence =
      "The \(word) fox jumps over the lazy dog while the farmer watches from the porch. "
    let prose = String(repeating: sentence, count: 6)
    return """
      <html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1><p>\(prose)</p>
      <figure><img src="\(image)"><figcaption>A pattern of many colours in a square</figcaption>
      </figure><p>\(prose)</p><p>\(prose)</p></main></body></html>
      """
  }

  /// A page, an image, and all that repeats them.
  private static var archive: ArchiveBuilder {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/first", page("seen-again.png", "quick"))
    archive.respond(
      "http://a.test/first.png", "image/png", PNGFile.pattern(width: 80, height: 70, seed: 1))
    archive.add(
      "revisit", "http://a.test/seen-again.png", "application/http", [],
      fields: ["WARC-Refers-To: \(secondID)"])
    archive.add(
      "revisit", "http://a.test/again", "application/http",
      Array("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".utf8),
      fields: ["WARC-Refers-To: \(firstID)"])
    archive.add(
      "revisit", "http://A.test:80/first", "application/http",
      Array("HTTP/1.1 304 Not Modified\r\n\r\n".utf8), fields: ["WARC-Refers-To: \(firstID)"])
    archive.add(
      "revisit", "http://a.test/lost", "application/http", [],
      fields: ["WARC-Refers-To: <urn:uuid:elsewhere>"])
    archive.add(
      "revisit", "http://a.test/moved", "application/http",
      Array("HTTP/1.1 301 Moved\r\nLocation: /again\r\n\r\n".utf8),
      fields: ["WARC-Refers-To: \(firstID)"])
    archive.add(
      "revisit", "http://a.test/style.css", "application/http",
      Array("HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n".utf8))
    archive.add(
      "resource", "file:///resource.html", "text/html; charset=utf-8",
      Array(page("http://a.test/resource.png", "slow").utf8))
    archive.add(
      "resource", "http://a.test/resource.png", "image/png",
      PNGFile.pattern(width: 90, height: 70, seed: 2))
    archive.add("resource", "http://a.test/notes", "text/plain", Array("notes".utf8))
    archive.add("metadata", "http://a.test/first", "application/warc-fields", [])
    archive.add("conversion", "http://a.test/first", "text/plain", Array("text".utf8))
    archive.add("request", "http://a.test/first", "application/http", [])
    return archive
  }

  @Test func everyKindIsCountedAndUsed() async throws {
    try AtomicFile.write(Self.archive.bytes, to: place.file("a.warc"))
    var pipeline = PipelineConfiguration()
    pipeline.output = place.file("run")
    pipeline.read.inputs = [place.file("a.warc")]
    // A revisit of another URL has the words of its original, and all three pages are looked at here.
    pipeline.deduplicate.text = false
    pipeline.deduplicate.near.enabled = false
    let summary = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    let counts = Dictionary(uniqueKeysWithValues: summary.stages.map { ($0.stage, $0.counts) })
    let read = try #require(counts[.read]?[.record])
    #expect(
      read.dropped == [
        "unchanged": 1, "originalNotInArchive": 1, "otherMediaType": 2, "notAResponse": 3,
      ])
    #expect(read.kept == 7)
    #expect(counts[.extract]?[.page].kept == 3)
    #expect(counts[.images]?[.imageResponse].kept == 3)
    // Every page shows its image, found under the URL of a revisit or a resource.
    #expect(counts[.curate]?[.pair].kept == 3, "\(counts[.curate] ?? StageCounts())")
    try checkLedger()
  }

  private func checkLedger() throws {
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    let first = try #require(try ledger.pages(url: "http://a.test/first", limit: 9).first)
    let again = try #require(try ledger.pages(url: "http://a.test/again", limit: 9).first)
    #expect(first.original == nil && again.original == first.id && again.status == 200)
    #expect(again.location != first.location)
    #expect(try ledger.record(again.id) == again)
    let rows = try ledger.rowCounts()
    #expect(rows.pages == 3 && rows.imageResponses == 3 && rows.redirects == 1)
    #expect(try ledger.integrityFaults().isEmpty)
    let shown = try ledger.images(of: again.id)
    let digest = try #require(shown.first?.digest)
    #expect(try ledger.images(of: first.id).first?.digest == digest)
  }

  @Test(arguments: [1, 3]) func aSingleFileGivesTheSamePages(threads: Int) async throws {
    try AtomicFile.write(Self.archive.bytes, to: place.file("a.warc"))
    var texts: [String: String] = [:]
    try await PageReader.forEachPage(
      of: place.file("a.warc"), threads: threads, transform: { $0 }
    ) { page in
      let document = try #require(page.document.value)
      texts[page.url] = document.texts.map(\.text).joined()
    }
    #expect(
      texts.keys.sorted() == [
        "file:///resource.html", "http://a.test/again", "http://a.test/first",
      ])
    #expect(texts["http://a.test/again"] == texts["http://a.test/first"])
    #expect(texts["file:///resource.html"]?.contains("slow") == true)
  }
}
