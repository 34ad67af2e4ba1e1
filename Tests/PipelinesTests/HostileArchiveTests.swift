import Documents
import Foundation
import Pipelines
import Provenance
import Storage
import TestSupport
import Testing

/// What strangers' archives may hold; each thing must end with a reason, and the run must go on.
@Suite struct HostileArchiveTests {
  private let place = TemporaryDirectory()

  @Test func emptyArchive() async throws {
    let counts = try await run([])
    #expect(counts[.read]?[.record].entered == 0)
    #expect(counts[.curate]?[.text].entered ?? 0 == 0)
  }

  @Test func everyHostileThingHasAReasonAndTheGoodPageStays() async throws {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/good", Self.goodPage)
    archive.respond(
      "http://a.test/good.png", "image/png", PNGFile.pattern(width: 80, height: 70, seed: 1))
    archive.garbage(Array("this is not a record\r\n\r\n".utf8))
    archive.page("http://a.test/deep", String(repeating: "<div>", count: 100_000) + "deep")
    archive.respond("http://a.test/nul", "text/html", [UInt8](repeating: 0, count: 1 << 20))
    archive.page("http://a.test/empty", "<html><body></body></html>")
    archive.respond(
      "http://a.test/bomb.png", "image/png", PNGFile.header(width: 20_000, height: 20_000))
    archive.respond(
      "http://a.test/cut.png", "image/png",
      Self.half(PNGFile.pattern(width: 90, height: 90, seed: 2)))
    archive.respond(
      "http://a.test/flat.png", "image/png",
      PNGFile.rgb(width: 80, height: 80) { _, _ in (9, 9, 9) })
    archive.respond(
      "http://a.test/small.png", "image/png", PNGFile.pattern(width: 20, height: 20, seed: 3))
    archive.respond("http://a.test/gone", "text/html", Array("gone".utf8), status: 404)
    archive.respond("http://a.test/style.css", "text/css", Array("p {}".utf8))
    archive.add("response", "not a url", "application/http", Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
    let counts = try await run(archive.bytes)
    let read = try #require(counts[.read])
    #expect(read[.record].dropped["statusNotOK"] == 1)
    #expect(read[.record].dropped["otherMediaType"] == 1)
    #expect(read[.record].dropped["noURL"] == 1)
    #expect(read[.record].dropped.keys.contains { $0 == "garbage" || $0 == "notARecord" })
    let images = try #require(counts[.images])
    #expect(images[.imageResponse].entered == 5)
    #expect(images[.imageResponse].dropped["tooManyPixels"] == 1)
    #expect(images[.imageResponse].dropped["brokenImage"] == 1)
    let extract = try #require(counts[.extract])
    #expect(extract[.page].entered == 4)
    #expect(extract[.page].kept >= 1)
    let curate = try #require(counts[.curate])
    #expect(curate[.image].dropped["singleColour"] == 1, "\(curate)")
    #expect(curate[.pair].kept == 1)
    for stage in counts.values { #expect(stage.isBalanced) }
  }

  @Test func aPageOfTwoHundredMegabytesIsDroppedWithAReason() async throws {
    var archive = ArchiveBuilder()
    archive.respond("http://a.test/huge", "text/html", [UInt8](repeating: 0x61, count: 200 << 20))
    archive.page("http://a.test/good", Self.goodPage)
    let counts = try await run(archive.bytes)
    #expect(counts[.read]?[.record].dropped["recordTooLarge"] == 1)
    #expect(counts[.extract]?[.page].kept == 1)
  }

  /// Cut anywhere, an archive gives the records before the cut, and the cut is in the ledger.
  @Test(arguments: [1, 40, 300, 900, 5_000])
  func truncatedArchive(missing: Int) async throws {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/good", Self.goodPage)
    archive.respond(
      "http://a.test/i.png", "image/png", PNGFile.pattern(width: 80, height: 70, seed: 1))
    let counts = try await run(Array(archive.bytes.dropLast(missing)))
    let records = try #require(counts[.read]?[.record])
    #expect(records.isBalanced && records.entered == 2)
    // The last line end may be missing without anything being lost.
    if missing > 4 { #expect(records.dropped.values.reduce(0, +) == 1) }
  }

  @Test func aRunDirectoryOfAnotherVersionIsRefused() async throws {
    try Directory.make(place.file("run"))
    try AtomicFile.write(
      #"{"format":"weft-run","version":99,"weft":"9.0"}"#, to: place.file("run/run.json"))
    let error = await #expect(throws: RunError.self) { try await run([]) }
    #expect(error?.code == .directory)
    #expect(error?.description.contains("format 99") == true)
  }

  @Test func aDirectoryThatIsNotARunIsRefused() async throws {
    try Directory.make(place.file("run"))
    try AtomicFile.write("{}", to: place.file("run/run.json"))
    let error = await #expect(throws: RunError.self) { try await run([]) }
    #expect(error?.code == .directory)
  }

  @Test func aMissingInputIsNamed() async throws {
    var pipeline = configuration
    pipeline.read.inputs = [place.file("*.nothing")]
    let error = await #expect(throws: RunError.self) {
      try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    }
    #expect(error?.code == .input)
  }

  @Test func oneArchiveNamedTwiceIsRefused() async throws {
    try AtomicFile.write(Self.goodPage, to: place.file("a.warc"))
    try AtomicFile.write(Self.goodPage, to: place.file("b.warc"))
    var pipeline = configuration
    pipeline.read.inputs = [place.file("?.warc")]
    let error = await #expect(throws: RunError.self) {
      try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    }
    #expect(error?.description.contains("the same bytes") == true)
  }

  // MARK: What the tests share

  private var configuration: PipelineConfiguration {
    var pipeline = PipelineConfiguration()
    pipeline.output = place.file("run")
    pipeline.workers = 2
    return pipeline
  }

  /// Runs the data stages over an archive of some bytes; returns what each stage counted.
  private func run(_ bytes: [UInt8]) async throws -> [StageName: StageCounts] {
    try AtomicFile.write(bytes, to: place.file("a.warc"))
    var pipeline = configuration
    pipeline.read.inputs = [place.file("a.warc")]
    let summary = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    for stage in summary.stages { #expect(try ledger.funnel(of: stage.stage) == stage.counts) }
    return Dictionary(uniqueKeysWithValues: summary.stages.map { ($0.stage, $0.counts) })
  }

  private static func half(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(bytes.count / 2)) }

  private static let sentence =
    "The quick brown fox jumps over the lazy dog while the old farmer watches from the porch. "

  private static let goodPage = """
    <html lang="en"><head><title>A good page</title></head><body><main><h1>A good page</h1>
    <p>\(String(repeating: sentence, count: 6))</p>
    <figure><img src="good.png" alt="A pattern"><figcaption>A pattern of many colours in a \
    square</figcaption></figure>
    <p>\(String(repeating: sentence, count: 6))</p>
    <img src="flat.png"><img src="small.png"><img src="bomb.png"><img src="cut.png">
    <p>\(String(repeating: sentence, count: 6))</p></main></body></html>
    """
}
