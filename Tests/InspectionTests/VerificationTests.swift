import Documents
import ExampleRuns
import Hashing
import Provenance
import Storage
import TestSupport
import Testing

@testable import Inspection

@Suite struct VerificationTests {
  let example: ExampleRun

  init() throws { example = try InspectionTests.example.get() }

  @Test func aSoundRunHasNoFindings() throws {
    let verification = try InspectedRun(example.path).verify(traces: 10)
    #expect(verification.findings == [])
    #expect(verification.isSound)
    for check in Finding.Check.allCases where check != .forgotten {
      #expect((verification.checked[check.rawValue] ?? 0) > 0)
    }
    #expect(verification.text().contains("sound"))
  }

  private func damaged(_ damage: (String) throws -> Void) throws -> Verification {
    let directory = TemporaryDirectory()
    let path = try example.copy(to: directory)
    try damage(path)
    return try InspectedRun(path).verify(traces: 3)
  }

  @Test(arguments: ["flipped", "cut", "missing"])
  func aDamagedShardIsFound(damage: String) throws {
    let verification = try damaged { path in
      let shard = path + "/shards/text/shard-00000.safetensors"
      var bytes = try FileSystem.read(shard)
      switch damage {
      case "flipped":
        bytes[bytes.count - 1] ^= 1
        try AtomicFile.write(bytes, to: shard)
      case "cut": try AtomicFile.write(bytes.dropLast(9), to: shard)
      default: try FileSystem.remove(shard)
      }
    }
    #expect(
      verification.findings.contains { $0.check == .files && $0.subject.contains("shard-00000") })
    #expect(verification.findings.allSatisfy { !$0.remedy.isEmpty })
    #expect(verification.text().contains("shard-00000"))
  }

  @Test func aMissingIndexIsFound() throws {
    let verification = try damaged { try FileSystem.remove($0 + "/shards/pairs/index.json") }
    #expect(verification.findings.contains { $0.check == .shards })
  }

  @Test func aMissingCorpusBreaksTheLineage() throws {
    let verification = try damaged {
      try FileSystem.remove($0 + "/" + RunDirectory.corpus(.text, 0))
    }
    #expect(verification.findings.contains { $0.check == .lineage })
  }

  @Test func countsThatDoNotAddUpAreFound() throws {
    let verification = try damaged { path in
      let ledger = try Ledger.create(
        path: path + "/" + RunDirectory.ledger,
        run: RunDescription(id: "0123abcd", format: 1, weft: "", pipeline: ""))
      var counts = StageCounts()
      counts[.page] = Tally(entered: 24, kept: 20, dropped: ["notEnglish": 3])
      let part = path + "/part"
      let digest = try write([.counts(counts)], to: part)
      try ledger.merge(stage: .extract, partition: 0, part: part, digest: digest)
    }
    let counts = verification.findings.filter { $0.check == .counts }
    #expect(counts.contains { $0.message.contains("3 were dropped") })
    #expect(counts.contains { $0.message == "20 against 0" })
    #expect(verification.findings.contains { $0.check == .references })
  }

  @Test func pathsThatLeadOutAreRefused() throws {
    let verification = try damaged { path in
      let ledger = try Ledger.create(
        path: path + "/" + RunDirectory.ledger,
        run: RunDescription(id: "0123abcd", format: 1, weft: "", pipeline: ""))
      let row = ArtefactRow(path: "../../etc/passwd", bytes: 1, digest: Digest(of: []))
      let part = path + "/part"
      let digest = try write([.artefact(row)], to: part)
      try ledger.merge(stage: .train, partition: 0, part: part, digest: digest)
    }
    #expect(verification.findings.contains { $0.message.contains("leads out") })
  }
}
