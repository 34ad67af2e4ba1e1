import Curation
import Deduplication
import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// What is found by ranges is what is found at once.
@Suite struct ImageRangesTests {
  private let place = TemporaryDirectory()

  /// How a run divides its images.
  struct Division: Sendable {
    var entries = 1 << 20
    var comparisons = 1 << 20
    var images = 1 << 20

    static let whole = Division()

    var stages: [any Stage] {
      [ReadStage(), ExtractStage(), ImagesStage()] + StageList.deduplication + [
        LocateStage(entriesPerRange: entries), AlikeStage(comparisonsPerPart: comparisons),
        ResolveStage(imagesPerRange: images), CurateStage(),
      ]
    }
  }

  /// Eleven pages that show images of their own, two that all have, images that look alike, and
  /// addresses that lead to them by redirects, in circles, or nowhere.
  private func writeCrawl() throws {
    for half in 0..<2 {
      var archive = ArchiveBuilder()
      for number in half * 6..<half * 6 + 6 {
        let names = [
          "own-\(number)", number % 2 == 0 ? "shared" : "moved-0", "alike-\(number % 4)",
          "loop-\(number % 3)", "missing-\(number)", "own-0",
        ]
        archive.page(
          "http://a.test/\(number)", Self.page(names.map { $0 + ".png" }, Self.word(number)))
        archive.respond(
          "http://a.test/own-\(number).png", "image/png",
          PNGFile.pattern(width: 80, height: 60, seed: number))
      }
      try AtomicFile.write(archive.bytes, to: place.file("\(half).warc"))
    }
    var images = ArchiveBuilder()
    images.respond(
      "http://a.test/shared.png", "image/png", PNGFile.pattern(width: 80, height: 60, seed: 99))
    for number in 0..<4 {
      images.respond(
        "http://a.test/alike-\(number).png", "image/png",
        PNGFile.waves(width: 90 + 4 * number, height: 90))
    }
    let redirects =
      (0..<9).map { ("moved-\($0)", $0 == 8 ? "shared" : "moved-\($0 + 1)") }
      + (0..<3).map { ("loop-\($0)", "loop-\(($0 + 1) % 3)") }
    for (from, to) in redirects {
      images.add(
        "response", "http://a.test/\(from).png", "application/http",
        Array("HTTP/1.1 302 Found\r\nLocation: /\(to).png\r\n\r\n".utf8))
    }
    try AtomicFile.write(images.bytes, to: place.file("images.warc"))
  }

  private static func page(_ images: [String], _ word: String) -> String {
    let prose = ["quick", "slow", "young", "old"].map {
      "The \($0) \(word) fox jumps over the lazy dog near a \(word) gate."
    }.joined(separator: " ")
    let shown = images.map { "<p>\(prose)</p><img src='\($0)'>" }
    return "<html lang=en><title>\(word)</title><body><main><h1>\(word)</h1>"
      + shown.joined() + "<p>\(prose)</p></main></body></html>"
  }

  /// A word of its own for each number: numbers in texts do not tell pages apart.
  private static func word(_ number: Int) -> String {
    String(repeating: String("abcdefghijklm".dropFirst(number).prefix(1)), count: 6)
  }

  private func pipeline(_ name: String, nearBits: Int?) -> PipelineConfiguration {
    var configuration = PipelineConfiguration()
    configuration.output = place.file(name)
    configuration.read.inputs = [place.file("*.warc")]
    configuration.extract.pagesPerPart = 4
    configuration.images.imagesPerPart = 5
    configuration.curate.interleaved.singleImageDiscard = 0
    configuration.deduplicate.near.enabled = false
    configuration.curate.images.minimumSide = 16
    configuration.curate.images.maximumPages = 7
    configuration.curate.images.nearDuplicateBits = nearBits
    return configuration
  }

  /// What a run found, but for what tells how it was divided.
  private struct Found: Equatable {
    var counts: StageCounts?
    var entries: [[UInt8]]
    var pages: [UInt8]
    var corpora: [String: Digest]
  }

  private func run(_ name: String, nearBits: Int?, _ division: Division) async throws -> Found {
    let summary = try await Run(pipeline(name, nearBits: nearBits), stages: division.stages)
      .execute(through: .curate)
    let directory = RunDirectory(place.file(name))
    let located = try PartitionManifest.all(of: .locate, in: directory).map(\.partition)
    var entries: [[UInt8]] = []
    for range in located {
      try ImageIndexRange(
        keys: directory.path(RunDirectory.imageIndexKeys(range)),
        entries: directory.path(RunDirectory.imageIndexEntries(range))
      ).forEach { entries.append($0.bytes) }
    }
    let counted = try PartitionManifest.all(of: .resolve, in: directory).map(\.partition)
    return Found(
      counts: summary.stages.first { $0.stage == .resolve }?.counts,
      entries: entries.sorted { $0.lexicographicallyPrecedes($1) },
      pages: try counted.flatMap {
        try FileSystem.read(directory.path(RunDirectory.pagesOfImages($0)))
      },
      corpora: try ForgettableRun.files(place.file(name)).filter {
        $0.key.hasPrefix("corpus/") || $0.key.hasPrefix("work/shown/")
      })
  }

  @Test(arguments: [nil, 0, 5])
  func anyDivisionGivesTheSame(nearBits: Int?) async throws {
    try writeCrawl()
    let whole = try await run("whole", nearBits: nearBits, .whole)
    let urls = try #require(whole.counts?[.imageURL])
    // 12 of their own, the shared one by two addresses, 4 alike; loops and missing ones lead nowhere.
    #expect(urls.kept == 18 && urls.dropped == ["redirectLoop": 3, "notInArchive": 12])
    #expect(!whole.pages.isEmpty && whole.entries.count == 17 + 12)
    let divisions = [
      Division(entries: 1, comparisons: 1, images: 1),
      Division(entries: 7, comparisons: 40, images: 5),
      Division(entries: 100, comparisons: 500, images: 2),
    ]
    for (number, division) in divisions.enumerated() {
      let name = "divided-\(number)"
      #expect(try await run(name, nearBits: nearBits, division) == whole, "\(division)")
      let directory = RunDirectory(place.file(name))
      let parts = try [StageName.locate, .alike, .resolve].map {
        try PartitionManifest.all(of: $0, in: directory).count
      }
      #expect(number > 0 || parts[0] == 29 && parts[2] == 17)
      #expect((parts[1] == 0) == (nearBits == nil))
    }
  }

  /// A stage that is asked for no more takes back what it made.
  @Test func lookAlikesComeAndGo() async throws {
    try writeCrawl()
    let division = Division(entries: 9, comparisons: 100, images: 6)
    let plain = try await run("run", nearBits: nil, division)
    let near = try await run("run", nearBits: 5, division)
    #expect(near.pages != plain.pages)
    #expect(Directory.isDirectory(place.file("run/work/alike")))
    #expect(try await run("run", nearBits: nil, division) == plain)
    #expect(!FileSystem.isFile(place.file("run/" + RunDirectory.alikePairs(0))))
    #expect(try Directory.names(in: place.file("run/" + RunDirectory.sortedRuns)).isEmpty)
  }

  @Test(arguments: [
    RunDirectory.imageIndexEntries(1), RunDirectory.alikePairs(0),
  ])
  func aDamagedFileIsNamed(file: String) async throws {
    try writeCrawl()
    let division = Division(entries: 9, comparisons: 100, images: 6)
    _ = try await run("run", nearBits: 5, division)
    let path = place.file("run/" + file)
    let size = try FileSystem.read(path).count
    try AtomicFile.write([UInt8](repeating: 0xee, count: size), to: path)
    try Directory.remove(place.file("run/work/manifests/resolve"))
    await #expect {
      _ = try await run("run", nearBits: 5, division)
    } throws: { error in
      String(describing: error).contains(file)
    }
  }

  @Test(arguments: 1...9) func everyHashIsInOneRange(count: Int) {
    let ranges = HashRanges(count: count)
    var generator = SeededGenerator(seed: UInt64(count))
    let hashes = (0..<2_000).map { _ in UInt64.random(in: 0 ... .max, using: &generator) }.sorted()
    let found = hashes.map(ranges.range)
    #expect(found == found.sorted() && Set(found) == Set(0..<count))
    #expect(ranges.range(of: 0) == 0 && ranges.range(of: .max) == count - 1)
  }
}
