import Documents
import Foundation
import Hashing
import Inspection
import Provenance
import Sharding
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// Corpora that are packed in several ranges: the same documents, whoever packs them and whenever.
@Suite struct ShardRangeTests {
  private static func made(ranges: Int, workers: Int = 2) async throws -> ForgettableRun {
    var run = try ForgettableRun(ranges: ranges)
    run.configuration.workers = workers
    _ = try await run.run()
    return run
  }

  private func expectSound(_ run: ForgettableRun) throws {
    let verification = try InspectedRun(run.configuration.output).verify(traces: 20) {
      PageReader.extract($0, url: $1, id: $2)
    }
    #expect(verification.findings == [])
  }

  private struct Contents: Equatable {
    var documents: [Split: [DocumentID]] = [:]
    var targets: [Split: Int] = [:]
    var slots = 0
  }

  private func contents(_ run: ForgettableRun, _ corpus: Corpus) throws -> Contents {
    let folder = run.paths.path(RunDirectory.shards(corpus))
    var found = Contents()
    for split in Split.allCases {
      let set = try ShardSet(directory: folder, split: split)
      found.documents[split] = try (0..<set.count).flatMap { number in
        try set.sequence(at: number).sequence.segments.filter { $0.offset == 0 }.map(\.document)
      }
      found.targets[split] = set.counts.targets
      found.slots += set.counts.slots
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 7]) func everyDivisionHoldsTheSame(ranges: Int) async throws {
    let usual = try ForgettableRun()
    let summary = try await usual.run()
    let run = try await Self.made(ranges: ranges)
    let manifests = try PartitionManifest.all(of: .shard, in: run.paths)
    #expect(manifests.count == 3 * ranges)
    var counts = StageCounts()
    for manifest in manifests { counts.add(manifest.counts) }
    let whole = try #require(summary.stages.first { $0.stage == .shard }).counts
    #expect(counts[.token] == whole[.token])
    for corpus in Corpus.crawled {
      #expect(try contents(run, corpus) == contents(usual, corpus))
      let index = try ShardIndex(directory: run.paths.path(RunDirectory.shards(corpus)))
      let files = try Directory.names(in: run.paths.path(RunDirectory.shards(corpus)))
      #expect(Set(files) == Set(index.shards.map(\.file) + [ShardIndex.fileName]))
    }
    if ranges == 1 {
      for corpus in Corpus.crawled {
        for file in try Directory.names(in: run.paths.path(RunDirectory.shards(corpus))) {
          let name = "\(RunDirectory.shards(corpus))/\(file)"
          #expect(
            try Digest(ofFile: run.paths.path(name)) == Digest(ofFile: usual.paths.path(name)))
        }
      }
    }
    try expectSound(run)
  }

  @Test func aTokenOfALateRangeLeadsToItsPage() async throws {
    let run = try await Self.made(ranges: 3)
    let inspected = try InspectedRun(run.configuration.output)
    var traced = 0
    for corpus in Corpus.crawled {
      for row in try inspected.ledger.shards(corpus)
      where row.shard >= ShardIndex.shardsPerRange {
        let trace = try inspected.trace(corpus, shard: row.shard, sequence: 0, position: 5) {
          PageReader.extract($0, url: $1, id: $2)
        }
        #expect(trace.isSound && trace.source?.matches == true)
        #expect(trace.document?.url.contains("host") == true)
        traced += 1
      }
    }
    #expect(traced > 3)
  }

  @Test(arguments: [1, 4]) func workersDecideNoByte(workers: Int) async throws {
    let one = try await Self.made(ranges: 3)
    let other = try await Self.made(ranges: 3, workers: workers)
    #expect(try one.portableFiles() == other.portableFiles())
    #expect(try one.portableRows() == other.portableRows())
  }

  @Test func aRunThatStoppedBeforeItsIndexesGoesOn() async throws {
    let whole = try await Self.made(ranges: 3)
    let run = try ForgettableRun(ranges: 3)
    _ = try await run.run(through: .shard)
    for corpus in Corpus.crawled {
      #expect(!FileSystem.isFile(run.paths.path(CatalogStage.path(corpus))))
    }
    let summary = try await run.run()
    #expect(summary.stages.filter { $0.made > 0 }.map(\.stage) == [.catalog])
    #expect(try run.portableFiles() == whole.portableFiles())
    #expect(try run.portableRows() == whole.portableRows())
  }

  @Test func whatIsForgottenBeforeTheIndexesIsNotInThem() async throws {
    let run = try ForgettableRun(ranges: 3)
    _ = try await run.run(through: .shard)
    var selectors = ForgetSelectors()
    for page in [1, 2, 3] { try selectors.add(url: ForgettableRun.url(page)) }
    let record = try Forgetting(run.configuration.output).perform(selectors)
    #expect(record.counts[.text].tokens > 0)
    let summary = try await run.run()
    #expect(summary.stages.filter { $0.made > 0 }.map(\.stage) == [.catalog])
    #expect(try ForgottenCheck(run.configuration.output).traces == [])
    try expectSound(run)
  }

  /// A partition's number comes to stand for a range of another corpus, whose shards another one makes.
  @Test(arguments: [[3, 1], [1, 3], [2, 7], [7, 2]]) func anotherDivisionLeavesNothingOfAnother(
    ranges: [Int]
  ) async throws {
    let fresh = try await Self.made(ranges: ranges[1])
    let run = try await Self.made(ranges: ranges[0])
    let later = try ForgettableRun(ranges: ranges[1])
    _ = try await Run(run.configuration, stages: later.stages).execute(through: .catalog)
    #expect(try run.portableFiles() == fresh.portableFiles())
    #expect(try run.portableRows() == fresh.portableRows())
    try expectSound(run)
  }

  @Test func aRangeIsMadeAgainAndNoOther() async throws {
    let run = try await Self.made(ranges: 3)
    let files = try ForgettableRun.files(run.configuration.output)
    let shards = try Corpus.crawled.flatMap { corpus in
      try ShardIndex(directory: run.paths.path(RunDirectory.shards(corpus))).shards
        .map { "\(RunDirectory.shards(corpus))/\($0.file)" }
    }
    let last = try #require(shards.last { $0.contains("shard-2000") })
    let damaged = [last, RunDirectory.shardRange(.pairs, 1), CatalogStage.path(.interleaved)]
    for name in damaged { try RepairTests.Damage.flipped.strike(run.paths.path(name)) }
    let report = try await RunRepair(run.configuration.output, stages: run.stages).perform()
    #expect(Set(report.files.map(\.path)) == Set(damaged))
    #expect(report.isRestored && report.partitions == ["shard": 2, "catalog": 1])
    #expect(try ForgettableRun.files(run.configuration.output) == files)
    try expectSound(run)
  }

  @Test func aRangeThatIsPackedAnewAfterForgettingIsIndexedAnew() async throws {
    let run = try await Self.made(ranges: 3)
    let root = run.configuration.output
    var selectors = ForgetSelectors()
    try selectors.add(image: ForgettableRun.sharedDigest.description)
    _ = try Forgetting(root).perform(selectors)
    let folder = RunDirectory.shards(.interleaved)
    for entry in try ShardIndex(directory: run.paths.path(folder)).shards {
      try FileSystem.remove(run.paths.path("\(folder)/\(entry.file)"))
    }
    _ = try await RunRepair(root, stages: run.stages).perform()
    #expect(try ForgottenCheck(root).traces == [])
    try expectSound(run)
    let again = try await run.run()
    #expect(again.stages.allSatisfy { $0.made == 0 })
  }

  private static let gibibyte: Int64 = 1 << 30
  private static let usualShard = 256 << 20

  struct Size: Sendable {
    var bytes: Int64
    var shardBytes: Int
    var ranges: Int

    init(_ bytes: Int64, _ shardBytes: Int, _ ranges: Int) {
      self.bytes = bytes
      self.shardBytes = shardBytes
      self.ranges = ranges
    }
  }

  private static let sizes: [Size] = [
    Size(0, usualShard, 1), Size(1, usualShard, 1), Size(16 * gibibyte, usualShard, 1),
    Size(16 * gibibyte + 1, usualShard, 2), Size(160 * gibibyte, usualShard, 10),
    // A range has numbers for 100,000 shards.
    Size(gibibyte, 6000, 18), Size(1 << 20, 100, 2), Size(0, 0, 1), Size(1 << 20, 0, 105),
    Size(160 * gibibyte, .max, 10), Size(.max / 2, usualShard, 21_474),
  ]

  @Test(arguments: sizes) func aCorpusHasARangeForSoManyBytes(size: Size) {
    let found = TokenizedCorpus.rangeCount(bytes: size.bytes, shardBytes: size.shardBytes)
    #expect(found == size.ranges)
  }
}
