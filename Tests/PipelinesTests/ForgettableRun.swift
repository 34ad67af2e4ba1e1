import Curation
import Deduplication
import Documents
import Foundation
import Hashing
import Provenance
import Sharding
import Storage
import TestSupport

@testable import Pipelines

/// A small run up to its shards, with an encoder that is a digest, whose pages and images can be forgotten.
struct ForgettableRun {
  static let pages = 8
  /// Shown by the first four pages, which have an image of their own beside it.
  static let shared = "http://host1.test/shared.png"

  let place = TemporaryDirectory()
  var configuration = PipelineConfiguration()
  let stages: [any Stage]

  var paths: RunDirectory { RunDirectory(configuration.output) }

  static func url(_ page: Int) -> String { "http://host\(page).test/page" }
  static func image(_ page: Int) -> String { "http://host\(page).test/own.png" }
  static func caption(_ page: Int) -> String {
    "A pattern of many colours that word\(page)word names"
  }

  /// - Parameter ranges: How many ranges each corpus is packed in; as many as its size asks for where it
  ///   is `nil`.
  init(ranges: Int? = nil) throws {
    stages =
      StageList.curation + StageList.tokenization + [DigestEncoding()]
      + (ranges.map { [ShardStage(ranges: $0), CatalogStage()] } ?? StageList.sharding)
    var archive = ArchiveBuilder()
    for number in 1...Self.pages {
      archive.page(Self.url(number), Self.html(number))
      archive.respond(Self.image(number), "image/png", Self.picture(number))
    }
    archive.respond(Self.shared, "image/png", Self.picture(99))
    try AtomicFile.write(archive.bytes, to: place.file("a.warc"))
    configuration.output = place.file("run")
    configuration.read.inputs = [place.file("a.warc")]
    configuration.extract.pagesPerPart = 3
    configuration.deduplicate.near.enabled = false
    configuration.curate.interleaved.singleImageDiscard = 0
    configuration.tokenizer.pieces = 50
    configuration.shard.maximumLength = 300
    configuration.shard.shardBytes = 6000
    configuration.shard.validationFraction = 0.2
  }

  static func picture(_ seed: Int) -> [UInt8] {
    PNGFile.pattern(width: 80 + seed, height: 70, seed: seed)
  }

  static var sharedDigest: Digest { Digest(of: picture(99)) }

  private static func html(_ number: Int) -> String {
    let prose = (0..<4 + number).map {
      "The word\(number)word foxes of farm \($0) jump over the lazy dogs while the farmer watches. "
    }.joined()
    func figure(_ source: String, _ caption: String) -> String {
      "<figure><img src='\(source)'><figcaption>\(caption)</figcaption></figure>"
    }
    let both = number <= 4 ? figure(shared, "The harbour that all of host\(number) can see") : ""
    // Of the pages with both, half end with the shared image.
    let (first, last) = number % 2 == 0 ? (both, "") : ("", both)
    return """
      <html lang="en"><head><title>Page \(number)</title></head><body><main><h1>Page \(number)</h1>
      <p>\(prose)</p>\(first)\(figure(image(number), caption(number)))<p>\(prose)</p>\(last)</main></body></html>
      """
  }

  func run(through last: StageName = .catalog) async throws -> RunSummary {
    try await Run(configuration, stages: stages).execute(through: last)
  }

  /// A copy of the run directory.
  func copy(to name: String) throws -> String {
    try FileManager.default.copyItem(atPath: configuration.output, toPath: place.file(name))
    return place.file(name)
  }

  /// The digest of each file of a run but the ledger.
  static func files(_ root: String) throws -> [String: Digest] {
    var found: [String: Digest] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root)
    where FileSystem.isFile(root + "/" + name) && !name.hasPrefix(RunDirectory.ledger)
      && name != ".lock"
    {
      found[name] = try Digest(ofFile: root + "/" + name)
    }
    return found
  }

  /// All rows of a run's ledger.
  static func rows(_ root: String) throws -> [String] {
    var lines: [String] = []
    try Ledger.open(path: root + "/" + RunDirectory.ledger).dump { lines.append($0) }
    return lines
  }
}

/// Stands for the vision encoder: features that are a function of the image's digest.
private struct DigestEncoding: Stage {
  var name: StageName { .encode }

  func planReads(_ run: RunContext) throws -> [String] {
    try run.manifests(of: .curate).map { RunDirectory.shownImages($0.partition) }
  }

  func plan(_ run: RunContext) throws -> [Partition] {
    let shown = try ShownImages(run)
    return stride(from: 0, to: shown.planned.count, by: 3).enumerated().map { index, start in
      let planned = shown.planned[start..<min(start + 3, shown.planned.count)]
      let images = shown.images(among: planned)
      return Partition(index: index, key: PartitionKey().reading(planned), work: 1) { writer in
        let layout = FeatureLayout(.float16, tokens: 2, width: 4)
        let part = try FeaturePartWriter(
          path: writer.output(RunDirectory.features(index)), images: images.map(\.digest),
          origin: FeatureOrigin(encoder: Digest(of: []), preprocessing: "test", layout: layout))
        for image in part.images {
          // Little-endian halves below two: all finite.
          try part.add((0..<16).map { $0 % 2 == 0 ? image.bytes[$0] : image.bytes[$0] & 0x3B })
        }
        try part.commit()
        var counts = StageCounts()
        counts[.distinctImage].keep(images.count)
        return counts
      }
    }
  }
}
