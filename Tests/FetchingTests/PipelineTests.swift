import Documents
import Pipelines
import Provenance
import Storage
import TestSupport
import Testing

@testable import Fetching

/// Fetching as a stage of a run: what the crawl lacks, and what a retry asks for.
struct PipelineTests {
  @Test func `what the crawl has is taken from it, and the rest from the network`() async throws {
    let place = TemporaryDirectory()
    let flaky = Locked(true)
    let server = try HostileServer { request in
      switch request.path {
      case "/robots.txt": Step.robots("User-agent: *\nDisallow: /private")
      case "/fetched.png": Step.answer(200, [], PNGFile.pattern(width: 90, height: 80, seed: 5))
      case "/moved.png": Step.redirect("/target.png")
      case "/target.png": Step.answer(200, [], PNGFile.pattern(width: 70, height: 90, seed: 6))
      case "/flaky.png":
        flaky.withLock { $0 }
          ? Step.status(500) : Step.answer(200, [], PNGFile.pattern(width: 80, height: 80, seed: 7))
      default: Step.status(404)
      }
    }
    defer { server.stop() }
    let names = ["crawled", "fetched", "moved", "flaky", "gone", "private"]
    let url = { (name: String) in server.url("/\(name).png", host: "127.0.0.1") }
    var archive = ArchiveBuilder()
    archive.page("http://a.test/page", Self.page(names.map(url)))
    archive.respond(url("crawled"), "image/png", PNGFile.pattern(width: 80, height: 70, seed: 1))
    try AtomicFile.write(archive.bytes, to: place.file("crawl.warc"))
    let first = try await run(place)
    #expect(first[.fetch]?[.imageURL].entered == 5)
    #expect(first[.fetch]?[.imageURL].kept == 2)
    #expect(
      first[.fetch]?[.imageURL].dropped == [
        "serverErrorStatus": 1, "clientErrorStatus": 1, "robotsDisallowed": 1,
      ])
    #expect(first[.images]?[.imageResponse].kept == 3)
    #expect(server.count("/crawled.png") == 0)
    #expect(try kept(place) == ["crawled", "fetched", "moved"].map(url))
    let asked = server.requestCount
    #expect(try await run(place) == first)
    #expect(server.requestCount == asked)
    flaky.withLock { $0 = false }
    let third = try await run(place, retrying: true)
    #expect(third[.fetch]?[.imageURL].kept == 3)
    #expect(server.count("/gone.png") == 1)
    #expect(try kept(place) == ["crawled", "fetched", "flaky", "moved"].map(url))
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    #expect(try ledger.integrityFaults().isEmpty)
  }

  @Test func `what is not done by the deadline is asked for by a retry`() async throws {
    let place = TemporaryDirectory()
    let isSlow = Locked(true)
    let server = try HostileServer { request in
      if request.path == "/robots.txt" { return Step.status(404) }
      let picture = Step.answer(200, [], PNGFile.pattern(width: 90, height: 80, seed: 5))
      return request.path == "/slow.png" && isSlow.withLock { $0 }
        ? [.pause(30_000)] + picture : picture
    }
    defer { server.stop() }
    let url = { (name: String) in server.url("/\(name).png", host: "127.0.0.1") }
    var archive = ArchiveBuilder()
    archive.page("http://a.test/page", Self.page([url("quick"), url("slow")]))
    try AtomicFile.write(archive.bytes, to: place.file("crawl.warc"))
    let first = try await run(place, deadline: 2)
    #expect(first[.fetch]?[.imageURL].kept == 1)
    #expect(first[.fetch]?[.imageURL].dropped == ["partitionDeadline": 1])
    isSlow.withLock { $0 = false }
    let second = try await run(place, retrying: true, deadline: 60)
    #expect(second[.fetch]?[.imageURL].kept == 2)
    #expect(server.count("/quick.png") == 1)
  }

  @Test func `images of pages that opt out are not asked for`() async throws {
    let place = TemporaryDirectory()
    let server = try HostileServer { request in
      request.path == "/robots.txt"
        ? Step.status(404) : Step.answer(200, [], PNGFile.pattern(width: 90, height: 80, seed: 5))
    }
    defer { server.stop() }
    let url = { (name: String) in server.url("/\(name).png", host: "127.0.0.1") }
    var archive = ArchiveBuilder()
    archive.page("http://a.test/open", Self.page([url("open"), url("shared")]))
    archive.page(
      "http://a.test/closed",
      Self.page([url("shared"), url("closed")]).replacing(
        "<title>", with: "<meta name=Robots content='follow, NoAI'><title>"))
    try AtomicFile.write(archive.bytes, to: place.file("crawl.warc"))
    let counts = try await run(place)
    #expect(counts[.fetch]?[.imageURL].dropped == ["optedOut": 2])
    #expect(server.count("/open.png") == 1)
    #expect(server.count("/shared.png") == 0 && server.count("/closed.png") == 0)
  }

  @Test func `without a contact nothing is fetched, and the key is named`() async throws {
    let place = TemporaryDirectory()
    var archive = ArchiveBuilder()
    archive.page("http://a.test/page", Self.page(["http://a.test/a.png"]))
    try AtomicFile.write(archive.bytes, to: place.file("crawl.warc"))
    await #expect {
      try await run(place, contact: "")
    } throws: { error in
      (error as? ConfigurationError)?.message.contains("images.fetch.contact") == true
    }
  }

  /// The URLs of the images that documents show and the run has, in order.
  private func kept(_ place: TemporaryDirectory) throws -> [String] {
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    let document = try #require(try ledger.documents(url: "http://a.test/page").first)
    return try ledger.images(of: document.id).filter { $0.digest != nil }.map(\.url).sorted()
  }

  private func run(
    _ place: TemporaryDirectory, contact: String = "https://example.org/crawler",
    retrying: Bool = false, deadline: Double = 0
  ) async throws -> [StageName: StageCounts] {
    var configuration = PipelineConfiguration()
    configuration.output = place.file("run")
    configuration.read.inputs = [place.file("crawl.warc")]
    configuration.images.fetch.enabled = true
    configuration.images.fetch.contact = contact
    configuration.images.fetch.delay = 0
    configuration.images.fetch.deadline = deadline
    configuration.images.fetch.allowAddresses = ["127.0.0.0/8"]
    let stages =
      [ReadStage(), ExtractStage(), FetchStage(), ImagesStage()] + StageList.deduplication
      + StageList.resolution + [CurateStage()]
    let summary = try await Run(configuration, stages: stages)
      .execute(through: .curate, retryingFetches: retrying)
    return Dictionary(uniqueKeysWithValues: summary.stages.map { ($0.stage, $0.counts) })
  }

  private static func page(_ images: [String]) -> String {
    let text = """
      <p>The old harbour lies behind the hill, and in the morning the boats come back with what the \
      night has given them. People of the town walk down to the water and talk about the weather.</p>
      """
    return "<html lang=en><title>The old harbour</title><body><article><h1>The old harbour</h1>"
      + images.map { "\(text)<img src='\($0)' alt='A boat in the old harbour' width=90 height=80>" }
      .joined() + text + "</article></body></html>"
  }
}
