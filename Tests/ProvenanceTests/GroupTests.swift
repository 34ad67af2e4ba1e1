import Documents
import Provenance
import TestSupport
import Testing

/// What is summed up for the numbers of a run when parts are merged.
@Suite struct GroupTests {
  let directory = TemporaryDirectory()
  let ledger: Ledger

  init() throws {
    ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: exampleRun)
  }

  private func merge(_ rows: [LedgerRow], _ stage: StageName = .extract, _ partition: Int = 0)
    throws
  {
    let part = try Part(rows, at: directory.file("part-\(stage)-\(partition)"))
    _ = try ledger.merge(part, stage: stage, partition: partition)
  }

  private func document(_ number: Int, _ domain: String) -> LedgerRow {
    .document(
      DocumentRow(
        id: exampleID(number), url: "https://\(domain)/", domain: domain, language: "xx", nodes: 1,
        images: 0, characters: 10))
  }

  @Test func documentsAreCountedByDomain() throws {
    try merge([document(1, "b.example"), document(2, "a.example"), document(3, "a.example")])
    try merge([document(4, ""), document(5, "a.example"), document(6, "'; DROP")], .extract, 1)
    let groups = try ledger.groups(.domain, limit: 10)
    #expect(groups.map(\.value) == ["a.example", "", "'; DROP", "b.example"])
    #expect(groups.map(\.documents) == [3, 1, 1, 1])
    #expect(groups.map(\.characters) == [30, 10, 10, 10])
    #expect(try ledger.groups(.domain, limit: 1).map(\.value) == ["a.example"])
    #expect(try ledger.groupCount(.domain, limit: 100) == 4)
    #expect(try ledger.groupCount(.domain, limit: 3) == 3)
    // What a page declares is not what it was found to be in.
    #expect(try ledger.groups(.language, limit: 10).isEmpty)
  }

  @Test func corporaAreCountedByTheDomainOfThePage() throws {
    func corpus(_ corpus: Corpus, _ domain: String?) -> LedgerRow {
      .corpusDocument(
        CorpusDocumentRow(
          corpus: corpus, document: exampleID(1), nodes: 1, images: 1, characters: 5,
          domain: domain, language: "en"))
    }
    let pair = LedgerRow.pair(
      PairRow(
        document: exampleID(1), image: 0, digest: exampleDigest("x"), source: .alt, characters: 9,
        domain: "a.example"))
    try merge(
      [corpus(.text, "a.example"), corpus(.interleaved, "a.example"), corpus(.text, nil), pair]
        + [.group(languageGroup(documents: 7))], .curate)
    let domain = try #require(try ledger.groups(.domain, limit: 2).first)
    #expect([domain.documents, domain.texts, domain.interleaved, domain.pairs] == [0, 1, 1, 1])
    let languages = try ledger.groups(.language, limit: 3)
    #expect(languages.map(\.value) == ["en", ""])
    #expect(languages.map(\.documents) == [7, 0])
    #expect(languages.map(\.texts) == [1, 0] && languages.map(\.pairs) == [0, 1])
  }

  /// A part in the place of another leaves nothing of it, and so does one that is removed.
  @Test func whatIsReplacedIsNotCounted() throws {
    try merge([document(1, "gone.example"), document(2, "stays.example")])
    try merge([document(2, "stays.example")])
    #expect(try ledger.groups(.domain, limit: 9).map(\.value) == ["stays.example"])
    try ledger.remove(stage: .extract, partition: 0)
    #expect(try ledger.groups(.domain, limit: 9).isEmpty)
    #expect(try ledger.groupCount(.domain, limit: 9) == 0)
  }

  @Test func positionsAreCountedBySequence() throws {
    func segment(_ shard: Int, _ sequence: Int, _ start: Int, _ length: Int) -> LedgerRow {
      .segment(
        SegmentRow(
          corpus: .text, shard: shard, sequence: sequence, start: start, length: length,
          document: exampleID(sequence), documentOffset: 0))
    }
    func shard(_ number: Int) -> LedgerRow {
      .shard(
        ShardRow(
          corpus: .text, shard: number, split: .train, path: "shards/\(number)", bytes: 1,
          digest: exampleDigest("\(number)"), sequences: 2, tokens: 20, images: 0,
          maximumLength: 16))
    }
    // Sequences of 10, 16, 3 and 16 tokens; the third has the number of the first.
    try merge(
      [
        shard(0), segment(0, 0, 1, 4), segment(0, 0, 5, 5), segment(0, 1, 1, 15), shard(1),
        segment(1, 1, 1, 2), segment(1, 2, 1, 15),
      ], .shard)
    let used = try ledger.histogram(.textPositions)
    #expect(used.buckets.map(\.lower) == [3, 10, 16] && used.buckets.map(\.count) == [1, 1, 2])
    #expect(used.total == 45)
    let unused = try ledger.histogram(.textUnused)
    #expect(unused.buckets.map(\.lower) == [0, 6, 13] && unused.total == 19)
    #expect(try ledger.histogram(.pairPositions).count == 0)
    let packing = try ledger.packing(.text, 0)
    #expect(packing.documents == 2 && packing.lengths.total == 26)
    #expect(packing.lengths.metric == .textPositions)
    #expect(try ledger.packing(.text, 7).documents == 0)
    #expect(try ledger.groups(.domain, of: .text, 0, limit: 5).isEmpty)
    try merge([document(0, "a.example"), document(1, "a.example"), document(2, "b.example")])
    let groups = try ledger.groups(.domain, of: .text, 0, limit: 5)
    #expect(groups.map(\.value) == ["a.example"] && groups.map(\.documents) == [2])
  }

  @Test func measuredValuesAreAddedUp() throws {
    try merge([.histogram(HistogramRow(metric: .featureMagnitude, values: [-5, 3, 3]))], .encode)
    try merge([.histogram(HistogramRow(metric: .featureMagnitude, values: [3]))], .encode, 1)
    let histogram = try ledger.histogram(.featureMagnitude)
    #expect(histogram.buckets.map(\.lower) == [0, 3] && histogram.buckets.map(\.count) == [1, 3])
    #expect(histogram.total == 9)
  }

  @Test(arguments: ["", "https://example.org/", "https://example.org/1.html.p"])
  func imagesAreFoundByTheirOwnURL(prefix: String) throws {
    for number in 0..<12 { try merge(exampleRows(number), .images, number) }
    let found = try ledger.images(urlPrefix: prefix, limit: 5, offset: 0)
    #expect(found.count == (prefix.hasSuffix(".p") ? 1 : 5))
    #expect(found.map(\.url) == found.map(\.url).sorted())
    #expect(found.allSatisfy { $0.url.hasPrefix(prefix) })
    #expect(try ledger.images(urlPrefix: "' OR 1=1 --", limit: 5, offset: 0).isEmpty)
  }
}
