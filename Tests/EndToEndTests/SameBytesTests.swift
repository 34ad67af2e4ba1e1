import Documents
import Foundation
import Provenance
import Storage
import TestSupport
import Testing

/// Invariant 1: the same bytes for any number of workers, restarts and interruptions.
@Suite(.serialized) struct SameBytesTests {
  @Test func workersDoNotChangeABit() throws {
    let runs = try [1, 2, 4].map { workers in
      let pipeline = try SmallPipeline()
      let result = try pipeline.run(workers: workers)
      #expect(result.status == 0, "\(result.errors)")
      return pipeline
    }
    let first = try runs[0].digests()
    #expect(first.keys.filter { $0.hasSuffix(".safetensors") }.count >= 3)
    for other in runs.dropFirst() { #expect(try other.digests() == first) }
    let ledgers = try runs.map { try dump($0) }
    #expect(ledgers[0] == ledgers[1] && ledgers[1] == ledgers[2])
  }

  @Test func thirtyKillsDoNotChangeABit() throws {
    let undisturbed = try SmallPipeline()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try undisturbed.run().status == 0)
    let whole = clock.now - start

    let disturbed = try SmallPipeline()
    var generator = SeededGenerator(seed: 30)
    var kills = 0
    var ends = 0
    while kills < 30 && ends < 60 {
      let share = Double.random(in: 0.02..<0.6, using: &generator)
      let result = try WeftProcess.run(
        ["shard", disturbed.file, "--workers", "2"], killedAfter: whole * share)
      if result.signal { kills += 1 } else { ends += 1 }
      // A run that came to its end is begun anew, a stage of it taken away.
      if !result.signal { try Directory.remove(disturbed.output + "/work") }
    }
    #expect(kills >= 20)
    #expect(try disturbed.run().status == 0)
    #expect(try disturbed.digests() == undisturbed.digests())
    #expect(try dump(disturbed) == dump(undisturbed))
  }

  @Test func anInterruptedRunSaysSoAndGoesOn() throws {
    let pipeline = try SmallPipeline()
    let result = try WeftProcess.run(
      ["shard", pipeline.file], killedAfter: .milliseconds(50), signal: SIGINT,
      onceThereIs: pipeline.output + "/run.json")
    #expect(result.status == 130, "\(result.errors)")
    #expect(result.errors.contains("the same command goes on"))
    #expect(try pipeline.run().status == 0)
  }

  @Test func aSecondRunMakesNothing() throws {
    let pipeline = try SmallPipeline()
    #expect(try pipeline.run().status == 0)
    let before = try pipeline.digests()
    let again = try pipeline.run()
    #expect(again.status == 0)
    #expect(again.errors.contains("were there already"))
    #expect(!again.errors.contains("parts made"))
    #expect(try pipeline.digests() == before)
  }

  @Test func aChangedRuleMakesOnlyWhatFollows() throws {
    let pipeline = try SmallPipeline()
    #expect(try pipeline.run().status == 0)
    let text = try FileSystem.readText(pipeline.file)
    try AtomicFile.write(
      text + "\ncurate: { interleaved: { maximumImages: 1 } }\n", to: pipeline.file)
    let again = try pipeline.run()
    #expect(again.status == 0, "\(again.errors)")
    let lines = again.errors.split(separator: "\n")
    for stage in ["read", "extract", "images"] {
      #expect(lines.contains { $0.hasPrefix(stage) && $0.contains("were there already") })
    }
    #expect(lines.contains { $0.hasPrefix("curate") && $0.contains("parts made") })
  }

  private func dump(_ pipeline: SmallPipeline) throws -> [String] {
    let ledger = try Ledger.open(path: pipeline.output + "/provenance.sqlite")
    var lines: [String] = []
    try ledger.dump { line in
      // The run's own description names its output directory.
      if !line.contains(pipeline.output) { lines.append(line) }
    }
    return lines
  }
}
