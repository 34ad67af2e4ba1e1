import Compression
import Documents
import Hashing
import Provenance
import Storage
import TestSupport
import Testing

@Suite struct MergeTests {
  let directory = TemporaryDirectory()

  private func ledger(_ name: String = "provenance.sqlite") throws -> Ledger {
    try Ledger.create(path: directory.file(name), run: exampleRun)
  }

  private func part(_ rows: [LedgerRow], _ name: String = "part") throws -> Part {
    try Part(rows, at: directory.file(name))
  }

  @Test func rowsSurviveTheirJSON() throws {
    let rows = exampleRows(3)
    let file = try part(rows)
    var reader = try JSONLinesReader<LedgerRow>(path: file.path)
    var read: [LedgerRow] = []
    while let row = try reader.next() { read.append(row) }
    #expect(read == rows)
  }

  @Test func measuresThatAreNoNumbersAreLeftOut() throws {
    let row = DecisionRow(
      unit: .text, subject: .record(exampleID(1)),
      reason: Reason(Reason.Code("odd"), measured: .nan, threshold: .infinity))
    let file = try part([.decision(row)])
    let ledger = try ledger()
    #expect(try ledger.merge(file))
    let decision = try #require(try ledger.decisions(on: .record(exampleID(1))).first?.decision)
    #expect(decision.reason == Reason(Reason.Code("odd")))
  }

  @Test func duplicatesAreClusteredByTheDocumentThatStays() throws {
    func dropped(_ number: Int, for kept: Int, _ unit: StageCounts.Unit = .page) -> LedgerRow {
      .decision(
        DecisionRow(
          unit: unit, subject: .record(exampleID(number)),
          reason: Reason(
            Reason.Code("nearDuplicate"), measured: 0.8, detail: exampleID(kept).description)))
    }
    let ledger = try ledger()
    var counts = StageCounts()
    counts[.page].keep(5)
    counts[.page].drop(Reason.Code("nearDuplicate"), 3)
    let file = try part([
      dropped(2, for: 1), dropped(4, for: 3), dropped(5, for: 3), dropped(6, for: 3, .node),
      .counts(counts),
    ])
    #expect(try ledger.merge(file, stage: .deduplicate, partition: 0))
    // What another stage drops is no duplicate.
    let other = try part([dropped(8, for: 7)], "other")
    #expect(try ledger.merge(other, stage: .curate, partition: 0))
    #expect(try ledger.duplicateCounts() == (2, 3))
    let clusters = try ledger.duplicateClusters()
    #expect(clusters.map(\.representative) == [exampleID(3), exampleID(1)])
    #expect(
      clusters.first?.dropped.map(\.subject) == [.record(exampleID(4)), .record(exampleID(5))])
    #expect(clusters.map(\.count) == [2, 1])
    #expect(try ledger.duplicateClusters(limit: 1).count == 1)
    #expect(try ledger.duplicateClusters(offset: 1).map(\.representative) == [exampleID(1)])
    #expect(try ledger.duplicateClusters(members: 0).allSatisfy(\.dropped.isEmpty))
    let rest = try ledger.duplicateCluster(of: exampleID(3), members: 5, offset: 1)
    #expect(rest?.dropped.map(\.subject) == [.record(exampleID(5))])
    #expect(try ledger.duplicateCluster(of: exampleID(7)) == nil)
    try ledger.remove(stage: .deduplicate, partition: 0)
    #expect(try ledger.duplicateCounts() == (0, 0))
    #expect(try ledger.duplicateClusters().isEmpty)
  }

  @Test func mergingTwiceIsMergingOnce() throws {
    let ledger = try ledger()
    let file = try part(exampleRows(1))
    #expect(try ledger.merge(file))
    let lines = try ledger.lines()
    #expect(try !ledger.merge(file))
    #expect(try ledger.lines() == lines)
    #expect(try ledger.digest(of: .read, 0) == file.digest)
    #expect(try ledger.digest(of: .read, 1) == nil)
  }

  @Test func orderDoesNotMatter() throws {
    let parts = try (0..<6).map { try part(exampleRows($0), "part-\($0)") }
    let stages: [StageName] = [.shard, .read, .curate]
    let work = parts.indices.map { (parts[$0], stages[$0 % 3], $0 / 3) }
    let straight = try ledger("straight.sqlite")
    for (part, stage, partition) in work {
      #expect(try straight.merge(part, stage: stage, partition: partition))
    }
    let reversed = try ledger("reversed.sqlite")
    for (part, stage, partition) in work.reversed() {
      #expect(try reversed.merge(part, stage: stage, partition: partition))
    }
    #expect(try straight.lines() == reversed.lines())
  }

  @Test func anotherPartTakesThePlaceOfTheOld() throws {
    let replaced = try ledger("replaced.sqlite")
    #expect(try replaced.merge(try part(exampleRows(1) + exampleRows(2), "old")))
    let file = try part(exampleRows(7), "new")
    #expect(try replaced.merge(file))
    let fresh = try ledger("fresh.sqlite")
    #expect(try fresh.merge(file))
    #expect(try replaced.lines() == fresh.lines())
  }

  @Test func anEmptyPartRemovesTheRows() throws {
    let ledger = try ledger()
    #expect(try ledger.merge(try part(exampleRows(1), "full")))
    #expect(try ledger.merge(try part([], "empty")))
    #expect(try ledger.document(exampleID(1)) == nil)
    #expect(try ledger.shards().isEmpty)
    #expect(try ledger.funnel().isEmpty)
  }

  @Test func aRemovedPartitionLeavesNoRow() throws {
    let ledger = try ledger()
    let lines = try ledger.lines()
    #expect(try ledger.merge(try part(exampleRows(1)), stage: .shard, partition: 4))
    try ledger.remove(stage: .shard, partition: 5)
    #expect(try ledger.digest(of: .shard, 4) != nil)
    try ledger.remove(stage: .shard, partition: 4)
    #expect(try ledger.lines() == lines)
  }

  @Test func aFailedMergeLeavesTheOldRows() throws {
    let ledger = try ledger()
    #expect(try ledger.merge(try part(exampleRows(1))))
    let lines = try ledger.lines()
    // A segment whose shard is nowhere breaks a foreign key when the transaction ends.
    let orphan = LedgerRow.segment(
      SegmentRow(
        corpus: .pairs, shard: 5, sequence: 0, start: 0, length: 1, document: exampleID(1),
        documentOffset: 0))
    let bad = try part(exampleRows(2) + [orphan], "bad")
    #expect(throws: LedgerError.self) { _ = try ledger.merge(bad) }
    #expect(try ledger.lines() == lines)
  }

  @Test func everyTruncationOfAPartIsRefused() throws {
    let ledger = try ledger()
    let bytes = try FileSystem.read(try part(exampleRows(1)).path)
    let lines = try ledger.lines()
    for length in 0..<bytes.count where length % 13 == 0 {
      let cut = directory.file("cut")
      try AtomicFile.write(bytes[..<length], to: cut)
      let digest = try Digest(ofFile: cut)
      // A file of no bytes is a file of no rows.
      if length == 0 { continue }
      #expect(throws: LedgerError.self) {
        try ledger.merge(stage: .read, partition: 0, part: cut, digest: digest)
      }
    }
    #expect(try ledger.lines() == lines)
  }

  @Test func aPartOfAnotherDigestIsRefused() throws {
    let ledger = try ledger()
    let file = try part(exampleRows(1))
    #expect(throws: LedgerError.self) {
      try ledger.merge(
        stage: .read, partition: 0, part: file.path, digest: exampleDigest("another"))
    }
    #expect(throws: LedgerError.self) {
      try ledger.merge(
        stage: .read, partition: 0, part: directory.file("missing"), digest: file.digest)
    }
    #expect(try ledger.document(exampleID(1)) == nil)
  }

  @Test(arguments: [
    #"{}"#, #"[]"#, #"{"sorcery":{}}"#, #"{"input":{},"pair":{}}"#,
    #"{"artefact":{"path":"a","bytes":1,"digest":"00"}}"#,
    #"{"counts":{"tallies":{"page":{"entered":1,"kept":1,"dropped":{}}}}"#,
  ])
  func linesThatAreNoRowsAreRefused(line: String) throws {
    let path = directory.file("strange")
    var output: [UInt8] = []
    var compressor = ZstdCompressor(level: 3)
    compressor.compress(Array(line.utf8).span.bytes, into: &output)
    compressor.finish(into: &output)
    try AtomicFile.write(output, to: path)
    let ledger = try ledger()
    let digest = try Digest(ofFile: path)
    #expect(throws: LedgerError.self) {
      try ledger.merge(stage: .read, partition: 0, part: path, digest: digest)
    }
  }

  @Test func manyRowsCrossTheBatches() throws {
    let rows = (0..<1200).flatMap { exampleRows($0) }
    let ledger = try ledger()
    #expect(try ledger.merge(try part(rows)))
    #expect(try ledger.histogram(.documentCharacters).count == 1200)
    #expect(
      try ledger.histogram(.documentCharacters).total == (0..<1200).reduce(0) { $0 + 100 + $1 })
    #expect(try ledger.document(exampleID(1199))?.title == "Page 1199")
  }
}
