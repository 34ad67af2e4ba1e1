import Documents
import ExampleRuns
import Foundation
import Provenance
import Sharding
import TestSupport
import Testing

@testable import Inspection

@Suite struct StatisticsTests {
  @Test func aRunIsSummedUp() throws {
    let run = try InspectedRun(try example.get().path)
    let statistics = try Statistics(of: run.ledger)
    #expect(statistics.inputs == 1)
    #expect(statistics.funnel.map(\.stage) == [.read, .extract, .images, .curate, .shard])
    #expect(statistics.corpora.map(\.documents) == [24, 24, 24])
    #expect(statistics.corpora.allSatisfy { $0.train.tokens > 0 && $0.validation.tokens > 0 })
    let text = statistics.text(TextStyle(width: 100))
    #expect(text.contains("image references"))
    #expect(text.contains("imageNotFound"))
    #expect(text.contains("50.0 %"))
    #expect(!text.contains("\u{1B}"))
    let widths = text.split(separator: "\n").map { VisibleText.columns(of: String($0)) }
    #expect((widths.max() ?? 0) <= 110)
    #expect(statistics.text(TextStyle(isColoured: true)).contains("\u{1B}[32m"))
    let json = try JSONEncoder().encode(statistics)
    #expect(try JSONDecoder().decode(Statistics.self, from: json) == statistics)
  }

  /// No line is wider than the terminal, and all that was asked for is there.
  @Test(arguments: [80, 100, 140])
  func theTextFitsItsTerminal(width: Int) throws {
    let statistics = try Statistics(of: InspectedRun(example.get().path))
    let text = statistics.text(TextStyle(width: width))
    for line in text.split(separator: "\n") {
      #expect(VisibleText.columns(of: String(line)) <= width, "\(line)")
    }
    for words in [
      "domains", "example.org", "languages", "shards", "held out", "packing",
      "Positions used in a sequence, text", "Packing waste in a sequence, pairs",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func oneShardIsSummedUp() throws {
    let run = try InspectedRun(try example.get().path)
    let row = try #require(try run.ledger.shard(.text, 0))
    let shard = try ShardStatistics(of: run, .text, 0)
    #expect(shard.positions.count == row.sequences && shard.positions.total == row.tokens)
    #expect(shard.maximumLength == 48 && shard.documents > 0)
    #expect(shard.domains.map(\.value) == ["example.org"])
    #expect(shard.domains.map(\.documents) == [shard.documents])
    let text = shard.text(TextStyle(width: 80))
    #expect(text.contains("most tokens of a sequence"))
    #expect(text.split(separator: "\n").allSatisfy { VisibleText.columns(of: String($0)) <= 80 })
    #expect(throws: InspectionError.self) { try ShardStatistics(of: run, .text, -1) }
    #expect(throws: InspectionError.self) { try ShardStatistics(of: run, .instructions, 0) }
    let json = try JSONEncoder().encode(shard)
    #expect(try JSONDecoder().decode(ShardStatistics.self, from: json) == shard)
  }

  @Test func duplicatesAreToldFromOtherReasons() {
    var counts = StageCounts()
    counts[.page].keep(6)
    counts[.page].drop(Reason.Code("nearDuplicate"), 3)
    counts[.page].drop(Reason.Code("tooShort"), 2)
    counts[.image].drop(Reason.Code("repeatedImage"))
    let found = DuplicateCount.all(in: [StageFunnel(stage: .curate, counts: counts)])
    #expect(found.map(\.reason).sorted() == ["nearDuplicate", "repeatedImage"])
    #expect(found.first { $0.unit == .page }.map { [$0.dropped, $0.entered] } == [3, 11])
  }

  @Test func packingIsThatOfTheShardsAndOfTheTraining() throws {
    let run = try InspectedRun(try example.get().path)
    let statistics = try Statistics(of: run)
    #expect(statistics.packing.map(\.corpus) == Corpus.crawled)
    for packing in statistics.packing {
      let counts = try ShardIndex(
        directory: run.directory.path(RunDirectory.shards(packing.corpus))
      ).counts(.train)
      #expect(packing.sequences == counts.sequences && packing.tokens == counts.tokens)
      let places = Double(packing.sequences * packing.maximumLength)
      #expect(abs(packing.paddingShare - (1 - Double(packing.tokens) / places)) < 1e-12)
    }
    // Text: a quarter of each step. Pairs: one position of 1 + 2 + … + 50. Interleaved: none counted.
    #expect(statistics.packing.map(\.trainingPaddingShare) == [nil, 1.0 / 1275, 0.25])
    let text = statistics.text(TextStyle(width: 100))
    #expect(text.contains("in training") && text.contains("25.0 %"))
    let json = try JSONEncoder().encode(statistics)
    #expect(try JSONDecoder().decode(Statistics.self, from: json) == statistics)
  }

  @Test func anEmptyLedgerHasNumbersToo() throws {
    let directory = TemporaryDirectory()
    let run = RunDescription(id: "x", format: 1, weft: "0", pipeline: "")
    let ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: run)
    let statistics = try Statistics(of: ledger)
    #expect(statistics.funnel.isEmpty)
    #expect(statistics.text().contains("0 archives"))
    let report = try Report().html(InspectedRun(directory.path))
    #expect(report.contains("What became of the crawl"))
  }

  /// Rows cover the values without a gap and keep every count.
  @Test(arguments: [
    [0], [1], [15], [16], [0, 1, 5], [0, 100], [1, 1 << 30], [17, 18, 19, 40, 700], [64, 224],
  ])
  func histogramRowsKeepEveryValue(lowers: [Int]) {
    let buckets = lowers.map { Histogram.Bucket(lower: $0, upper: $0 + 1, count: 2) }
    let histogram = Histogram(metric: .imageWidth, buckets: buckets, total: 0)
    let rows = HistogramRows(histogram).rows
    #expect(rows.reduce(0) { $0 + $1.count } == 2 * lowers.count)
    for (row, next) in zip(rows, rows.dropFirst()) { #expect(row.upper == next.lower) }
    #expect(rows.first.map { $0.lower <= lowers[0] } == true)
    #expect(rows.count <= 40)
  }
}

/// One run for all suites: it takes a second to make.
let example = Result { try ExampleRun() }
