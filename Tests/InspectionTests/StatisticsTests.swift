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
    #expect(text.contains("padding in training") && text.contains("25.0 %"))
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
