import Documents
import Provenance
import TestSupport
import Testing

@Suite struct InstructionRowTests {
  private let directory = TemporaryDirectory()

  private func ledger(_ rows: [LedgerRow]) throws -> Ledger {
    let ledger = try Ledger.create(path: directory.file("provenance.sqlite"), run: exampleRun)
    _ = try ledger.merge(
      Part(rows, at: directory.file("part")), stage: .instructions, partition: 0)
    return ledger
  }

  private static let row = InstructionRow(
    id: exampleID(1), input: 0, offset: 120, length: 80, characters: 60)

  private static let input = InputRow(
    input: 0, path: "a.jsonl", bytes: 1000, digest: exampleDigest("a"))

  private static func segment(of id: DocumentID) -> [LedgerRow] {
    [
      .shard(
        ShardRow(
          corpus: .instructions, shard: 0, split: .train, path: "shards/instructions/shard-00000",
          bytes: 10, digest: exampleDigest("shard"), sequences: 1, tokens: 10, images: 0)),
      .segment(
        SegmentRow(
          corpus: .instructions, shard: 0, sequence: 0, start: 1, length: 9, document: id,
          documentOffset: 0)),
    ]
  }

  @Test func anExampleLeadsFromItsTokensToItsBytes() throws {
    let ledger = try ledger(
      [.input(Self.input), .instruction(Self.row)] + Self.segment(of: Self.row.id))
    let segment = try #require(
      try ledger.segment(.instructions, shard: 0, sequence: 0, position: 5))
    #expect(try ledger.instruction(segment.document) == Self.row)
    #expect(try ledger.instruction(exampleID(2)) == nil)
    #expect(try ledger.sample(.instructions, count: 3, seed: 1) == [Self.row.id])
    #expect(try ledger.integrityFaults().isEmpty)
    let corpora = try ledger.corpora()
    #expect(corpora.map(\.corpus) == [.instructions])
    #expect(corpora.first?.characters == 60 && corpora.first?.train.tokens == 10)
  }

  @Test(arguments: [
    ([LedgerRow.instruction(row)], "instructions of files that are not in the ledger"),
    ([.input(input)] + segment(of: row.id), "segments of documents that are not in the ledger"),
    ([.input(input), .instruction(row), .instruction(row)], "instructions that stand twice"),
  ])
  func rowsThatLeadNowhereAreFound(rows: [LedgerRow], what: String) throws {
    #expect(try ledger(rows).integrityFaults().map(\.what) == [what])
  }

  @Test func aRunWithoutInstructionsHasTheThreeCorpora() throws {
    #expect(try ledger([]).corpora().map(\.corpus) == [.interleaved, .pairs, .text])
  }
}
