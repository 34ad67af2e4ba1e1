import Documents
import Provenance
import TestSupport
import Testing

@Suite struct QueryTests {
  let directory = TemporaryDirectory()
  let ledger: Ledger

  init() throws {
    ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: exampleRun)
    for number in 0..<40 {
      let part = try Part(exampleRows(number), at: directory.file("part"))
      _ = try ledger.merge(part, stage: number < 20 ? .read : .curate, partition: number % 20)
    }
  }

  @Test func theFunnelAddsUpPartitions() throws {
    let funnel = try ledger.funnel()
    #expect(funnel.map(\.stage) == [.read, .curate])
    #expect(funnel.map { $0.counts[.page].kept } == [210, 610])
    #expect(funnel.map { $0.counts[.page].dropped } == [["notEnglish": 40], ["notEnglish": 40]])
    #expect(funnel.allSatisfy { $0.counts.isBalanced })
    #expect(try ledger.funnel(of: .curate) == funnel.last?.counts)
    #expect(try ledger.funnel(of: .train) == StageCounts())
  }

  @Test func corporaAreCounted() throws {
    let corpora = try ledger.corpora()
    #expect(corpora.map(\.corpus) == [.interleaved, .pairs, .text])
    #expect(corpora.map(\.documents) == [40, 40, 40])
    #expect(corpora.map(\.images) == [40, 40, 0])
    #expect(corpora.map(\.characters) == [3600, 480, 3600])
    #expect(corpora.map(\.train.tokens) == [0, 0, 800])
    #expect(corpora.map(\.train.shards) == [0, 0, 40])
  }

  @Test func histogramsHoldEveryValue() throws {
    let characters = try ledger.histogram(.documentCharacters)
    #expect(characters.count == 40)
    #expect(characters.total == (0..<40).reduce(0) { $0 + 100 + $1 })
    #expect(characters.mean == 119.5)
    #expect(characters.quantile(0)?.lower == 96)
    #expect(characters.quantile(1).map { [$0.lower, $0.upper] } == [128, 144])
    #expect(try ledger.histogram(.imageHeight).buckets.map(\.lower) == [80])
  }

  @Test func documentsAreFoundByURLPrefixAndDomain() throws {
    #expect(try ledger.documents(url: "https://example.org/7.html").map(\.id) == [exampleID(7)])
    #expect(try ledger.documents(url: "https://example.org/").isEmpty)
    let prefixed = try ledger.documents(urlPrefix: "https://example.org/3")
    #expect(prefixed.count == 11)
    #expect(prefixed.map(\.url) == prefixed.map(\.url).sorted())
    #expect(try ledger.documents(urlPrefix: "", limit: 5).count == 5)
    #expect(try ledger.documents(domain: "example.org").count == 40)
    #expect(try ledger.documents(url: "' OR 1=1 --").isEmpty)
    #expect(try ledger.pages(url: "https://example.org/7.html").map(\.id) == [exampleID(7)])
  }

  @Test func aPositionLeadsToItsSegmentAndBack() throws {
    func segment(_ position: Int) throws -> SegmentRow? {
      try ledger.segment(.text, shard: 9, sequence: 0, position: position)
    }
    #expect(try segment(0) == nil)
    #expect(try segment(1)?.start == 1)
    #expect(try segment(9)?.start == 1)
    #expect(try segment(10) == nil)
    #expect(try segment(12)?.documentOffset == 9)
    #expect(try segment(19)?.image == 4)
    #expect(try segment(20) == nil)
    #expect(try segment(-1) == nil)
    #expect(try ledger.segment(.pairs, shard: 9, sequence: 0, position: 1) == nil)
    #expect(try ledger.segments(of: exampleID(9)).map(\.shard) == [9, 9])
    #expect(try ledger.segments(.text, shard: 9, sequence: 0).map(\.start) == [1, 12])
    #expect(try ledger.shard(.text, 9)?.path == "shards/text/shard-9")
  }

  @Test func entriesNameTheirPartition() throws {
    let entries = try ledger.entries(of: exampleID(23))
    #expect(entries.map(\.corpus) == [.interleaved, .text, .pairs])
    #expect(entries.map(\.partition) == [3, 3, 3])
    #expect(entries.map(\.image) == [nil, nil, 0])
  }

  @Test func decisionsAreFoundBySubjectAndReason() throws {
    let decisions = try ledger.decisions(on: .record(exampleID(30)))
    #expect(decisions.map(\.stage) == [.curate])
    #expect(decisions.first?.decision.reason.detail == "\"quoted\" | \u{202E}")
    #expect(try ledger.decisions(on: .image(exampleDigest("image 30"))).count == 1)
    let examples = try ledger.decisions(of: .read, reason: Reason.Code("tooShort"), limit: 5)
    #expect(examples.count == 5)
    #expect(examples.allSatisfy { $0.stage == .read })
    #expect(try ledger.decisions(of: .train, reason: Reason.Code("tooShort")).isEmpty)
  }

  @Test func imagesLeadToRecordsAndDocuments() throws {
    let digest = exampleDigest("image 5")
    #expect(try ledger.images(digest: digest).map(\.record) == [exampleID(5)])
    #expect(try ledger.documentImages(digest: digest).map(\.document) == [exampleID(5)])
    #expect(try ledger.images(of: exampleID(5)).map(\.digest) == [digest])
    #expect(try ledger.record(exampleID(5))?.location.memberOffset == 500)
    #expect(try ledger.input(0)?.path == "crawl.warc.gz")
    #expect(try ledger.artefacts().count == 40)
  }

  @Test func samplesAreDrawnByTheirSeed() throws {
    let sample = try ledger.sample(.interleaved, count: 10, seed: 1)
    #expect(sample.count == 10)
    #expect(Set(sample).count == 10)
    #expect(try ledger.sample(.interleaved, count: 10, seed: 1) == sample)
    #expect(try ledger.sample(.interleaved, count: 10, seed: 2) != sample)
    #expect(try ledger.sample(.text, count: 1000, seed: 1).count <= 40)
    let pairs = try ledger.samplePairs(count: 4, seed: 3)
    #expect(pairs.count == 4)
    #expect(try ledger.sample(.pairs, count: 4, seed: 3) == pairs.map(\.document))
  }

  @Test func danglingReferencesAreFound() throws {
    let faults = try ledger.integrityFaults()
    // Every partition of the example names the archive anew.
    #expect(faults.map(\.what) == ["archives that stand twice"])
    let lost = LedgerRow.corpusDocument(
      CorpusDocumentRow(
        corpus: .text, document: exampleID(999), nodes: 1, images: 0, characters: 1))
    let part = try Part([lost], at: directory.file("lost"))
    #expect(try ledger.merge(part, stage: .extract))
    let fault = try #require(
      try ledger.integrityFaults().first { $0.what.contains("never extracted") })
    #expect(fault.count == 1)
    #expect(fault.example == exampleID(999).description)
  }
}
