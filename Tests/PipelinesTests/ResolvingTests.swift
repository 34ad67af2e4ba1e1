import Curation
import Deduplication
import Documents
import Foundation
import Hashing
import ImageDecoding
import Provenance
import Sharding
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// Which image a URL leads to, on how many pages it is, and what the corpora hold of it.
@Suite struct ResolvingTests {
  private let place = TemporaryDirectory()

  private static func page(_ images: [String], _ word: String) -> String {
    let prose = ["quick", "slow", "young", "old"].map {
      "The \($0) \(word) fox jumps over the lazy dog near a \(word) gate."
    }
    let shown = images.map { "<p>\(prose.joined(separator: " "))</p><img src='\($0)'>" }
    return "<html lang=en><title>\(word)</title><body><main><h1>\(word)</h1>"
      + shown.joined() + "<p>\(prose.joined())</p></main></body></html>"
  }

  /// A word of its own for each number: numbers in texts do not tell pages apart.
  private static func word(_ number: Int) -> String {
    String(repeating: String("abcdefghijkl".dropFirst(number).prefix(1)), count: 6)
  }

  private func picture(_ seed: Int, side: Int = 80) -> [UInt8] {
    PNGFile.pattern(width: side, height: side * 3 / 4, seed: seed)
  }

  private func write(_ archive: ArchiveBuilder, _ name: String) throws {
    try AtomicFile.write(archive.bytes, to: place.file(name))
  }

  private func run(
    _ name: String = "run", _ change: (inout PipelineConfiguration) -> Void = { _ in }
  ) async throws -> [StageName: StageCounts] {
    var configuration = PipelineConfiguration()
    configuration.output = place.file(name)
    configuration.read.inputs = [place.file("*.warc")]
    configuration.curate.interleaved.singleImageDiscard = 0
    configuration.deduplicate.near.enabled = false
    configuration.curate.images.minimumSide = 16
    change(&configuration)
    let summary = try await Run(configuration, stages: StageList.curation).execute(through: .curate)
    return Dictionary(uniqueKeysWithValues: summary.stages.map { ($0.stage, $0.counts) })
  }

  /// Twelve pages in two archives that show one picture, which stands in the third, by two addresses, and
  /// a picture of their own.
  private func writeTwelvePages() throws {
    for half in 0..<2 {
      var archive = ArchiveBuilder()
      for number in half * 6..<half * 6 + 6 {
        let shared = number % 2 == 0 ? "http://a.test/harbour.png" : "http://a.test/moved.png"
        archive.page(
          "http://a.test/\(number)",
          Self.page([shared, "http://a.test/own-\(number).png"], Self.word(number)))
        archive.respond("http://a.test/own-\(number).png", "image/png", picture(number))
      }
      // The same words at another address: this page does not count.
      archive.page("http://a.test/copy-\(half)", Self.page(["http://a.test/own-0.png"], "same"))
      try write(archive, "\(half).warc")
    }
    var images = ArchiveBuilder()
    images.respond("http://a.test/harbour.png", "image/png", picture(99))
    images.add(
      "response", "http://a.test/moved.png", "application/http",
      Array("HTTP/1.1 302 Found\r\nLocation: /harbour.png\r\n\r\n".utf8))
    try write(images, "images.warc")
  }

  @Test(arguments: [1, 4])
  func anImageOfManyPagesGoes(workers: Int) async throws {
    try writeTwelvePages()
    let counts = try await run { $0.workers = workers }
    // The shared picture's two addresses and the twelve pictures.
    #expect(counts[.resolve]?[.imageURL] == Tally(entered: 14, kept: 14, dropped: [:]))
    #expect(counts[.curate]?[.image].dropped["boilerplateImage"] == 12)
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    #expect(try ledger.integrityFaults().isEmpty)
    let document = try #require(try ledger.documents(url: "http://a.test/3").first)
    let decision = try ledger.decisions(on: .record(document.id)).first {
      $0.decision.reason.code == .boilerplateImage
    }
    #expect(decision?.decision.reason.measured == 12)
    #expect(decision?.decision.reason.threshold == 10)
    let twelve = try await run("twelve") { $0.curate.images.maximumPages = 12 }
    #expect(twelve[.curate]?[.image].dropped["boilerplateImage"] == nil)
  }

  @Test func lookAlikesCountAsOneImage() async throws {
    var archive = ArchiveBuilder()
    for number in 0..<4 {
      // The same picture at four sizes: other bytes, and nearly the same look.
      archive.page("http://a.test/\(number)", Self.page(["\(number).png"], Self.word(number)))
      archive.respond(
        "http://a.test/\(number).png", "image/png",
        PNGFile.waves(width: 90 + 4 * number, height: 90))
    }
    try write(archive, "a.warc")
    let exact = try await run("exact") { $0.curate.images.maximumPages = 3 }
    #expect(exact[.curate]?[.image].dropped["boilerplateImage"] == nil)
    let near = try await run("near") {
      $0.curate.images.maximumPages = 3
      $0.curate.images.nearDuplicateBits = 5
    }
    #expect(near[.curate]?[.image].dropped["boilerplateImage"] == 4)
  }

  @Test func unknownBrokenAndCircularAddressesAreCounted() async throws {
    var archive = ArchiveBuilder()
    let names = ["good", "broken", "missing", "loop", "self"]
    archive.page("http://a.test/", Self.page(names.map { "\($0).png" }, "page"))
    archive.respond("http://a.test/good.png", "image/png", picture(1))
    archive.respond("http://a.test/broken.png", "image/png", Array(picture(2).prefix(200)))
    for (from, to) in [("loop", "back"), ("back", "loop"), ("self", "self")] {
      archive.add(
        "response", "http://a.test/\(from).png", "application/http",
        Array("HTTP/1.1 301 Moved\r\nLocation: /\(to).png\r\n\r\n".utf8))
    }
    // What was broken once and came whole later is whole.
    archive.respond("http://a.test/good.png", "image/png", Array(picture(1).prefix(99)))
    try write(archive, "a.warc")
    let counts = try await run()
    #expect(
      counts[.resolve]?[.imageURL]
        == Tally(
          entered: 5, kept: 1,
          dropped: ["brokenImage": 1, "notInArchive": 1, "redirectLoop": 2]))
  }

  /// A URL that was crawled twice and led elsewhere each time is found by either way.
  @Test(arguments: [["gone", "there"], ["there", "gone"]])
  func everyRedirectIsTried(targets: [String]) async throws {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/", Self.page(["moved.png"], "page"))
    for target in targets {
      archive.add(
        "response", "http://a.test/moved.png", "application/http",
        Array("HTTP/1.1 302 Found\r\nLocation: /\(target).png\r\n\r\n".utf8))
    }
    archive.respond("http://a.test/there.png", "image/png", picture(1))
    try write(archive, "a.warc")
    #expect(try await run()[.resolve]?[.imageURL].kept == 1)
  }

  /// Images are read again where archives stand at other places than before.
  @Test func anArchiveMayGoAndCome() async throws {
    var pages = ArchiveBuilder()
    pages.page("http://a.test/", Self.page(["one.png"], "page"))
    pages.respond("http://a.test/one.png", "image/png", picture(1))
    try write(pages, "b.warc")
    var before = ArchiveBuilder()
    before.page("http://b.test/", Self.page([], "other"))
    for isThere in [true, false, true] {
      if isThere {
        try write(before, "a.warc")
      } else {
        try FileSystem.remove(place.file("a.warc"))
      }
      #expect(try await run()[.curate]?[.image].kept == 1)
    }
  }

  @Test func largeImagesAreStoredSmaller() async throws {
    var archive = ArchiveBuilder()
    archive.page("http://a.test/", Self.page(["small.png", "large.png"], "page"))
    archive.respond("http://a.test/small.png", "image/png", picture(1, side: 88))
    archive.respond("http://a.test/large.png", "image/png", picture(2, side: 400))
    try write(archive, "a.warc")
    for (name, workers) in [("run", 1), ("again", 3)] {
      _ = try await run(name) {
        $0.workers = workers
        $0.images.store.longestSide = 100
      }
    }
    let path = "corpus/interleaved/part-00000.tar"
    let bytes = try FileSystem.read(place.file("run/\(path)"))
    #expect(try FileSystem.read(place.file("again/\(path)")) == bytes)
    var archived = try TarReader(path: place.file("run/\(path)"))
    var entries: [TarReader.Entry] = []
    while let entry = try archived.next() { entries.append(entry) }
    let names = entries.map(\.name)
    #expect(names.map { $0.split(separator: ".").last } == ["json", "png", "jpg"])
    let files = entries.map { Array(bytes[$0.range]) }
    let document = try JSONDecoder().decode(InterleavedDocument.self, from: Data(files[0]))
    let images = document.images.compactMap(\.resolved)
    #expect(images.map(\.width) == [88, 400])
    #expect(images[0].stored == nil && files[1] == picture(1, side: 88))
    #expect(images[1].digest == Digest(of: picture(2, side: 400)))
    let stored = try #require(images[1].stored)
    #expect((stored.width, stored.height, stored.format) == (100, 75, .jpeg))
    #expect(stored.digest == Digest(of: files[2]) && stored.byteCount == files[2].count)
    let ledger = try Ledger.open(path: place.file("run/provenance.sqlite"))
    #expect(try ledger.digests(storedAs: stored.digest) == [images[1].digest])
    #expect(try ledger.digests(storedAs: images[0].digest).isEmpty)
  }

  /// A file that is too large in bytes alone keeps its size in pixels.
  @Test func heavyImagesAreStoredLighter() {
    var rules = ImageStoreConfiguration()
    rules.maximumBytes = 1_000
    rules.longestSide = nil
    let bytes = picture(3)
    let image = ResolvedImage(
      digest: Digest(of: bytes), format: .png, width: 80, height: 60, byteCount: bytes.count,
      isSingleColour: false, perceptualHash: PerceptualHash(bits: 0),
      record: RecordID(high: 0, low: 1),
      location: RecordLocation(
        input: 0, memberOffset: 0, memberLength: 0, recordOffset: 0, recordLength: 0))
    let file = ImageStore(rules: rules, limits: .standard).file(of: image, bytes: bytes)
    #expect((file.stored?.width, file.stored?.height) == (80, 60))
    #expect(file.bytes.count < bytes.count && file.format == .jpeg)
    rules.maximumBytes = nil
    let whole = ImageStore(rules: rules, limits: .standard).file(of: image, bytes: bytes)
    #expect(whole.bytes == bytes && whole.stored == nil && whole.format == .png)
  }

  @Test func entriesAreReadAsTheyWereWritten() throws {
    let key = try #require(ImageURLKey("http://a.test/ü.png"))
    let image = ResolvedImage(
      digest: try #require(Digest(bytes: 0..<32)), format: .avif, width: 3, height: 4_000_000,
      byteCount: 1 << 40, isSingleColour: true, perceptualHash: PerceptualHash(bits: .max - 5),
      record: RecordID(high: 1, low: .max),
      location: RecordLocation(
        input: 5, memberOffset: 1 << 50, memberLength: 7, recordOffset: -1, recordLength: 9))
    var scored = image
    scored.unsafeScore = 0.125
    let targets: [ImageIndexEntry.Target] = [
      .image(image), .image(scored),
      .fault(Reason(.init("a"), measured: 1.5, threshold: -0.0, detail: "é")),
      .fault(Reason(.init("b"))), .fault(Reason(.init("c"), threshold: 2)), .redirect(key),
    ]
    for target in targets {
      let entry = ImageIndexEntry(key: key, target: target)
      #expect(ImageIndexEntry(bytes: entry.bytes) == entry)
      for count in entry.bytes.indices {
        #expect(ImageIndexEntry(bytes: Array(entry.bytes.prefix(count))) == nil)
      }
      #expect(ImageIndexEntry(bytes: entry.bytes + [0]) == nil)
    }
  }

  @Test(arguments: [RunDirectory.imageIndexEntries(0), RunDirectory.imageURLs(0)])
  func aDamagedFileIsNamed(file: String) async throws {
    try writeTwelvePages()
    _ = try await run()
    let path = place.file("run/\(file)")
    let size = try FileSystem.read(path).count
    try AtomicFile.write([UInt8](repeating: 0xff, count: size), to: path)
    await #expect {
      // The first change has the index read again, the second all image URLs.
      _ = try await run { $0.curate.images.minimumSide = 17 }
      _ = try await run { $0.curate.images.nearDuplicateBits = 1 }
    } throws: { error in
      String(describing: error).contains(file)
    }
  }
}
