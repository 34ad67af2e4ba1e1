import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

@testable import Pipelines

/// The sample of lines that the tokenizer is trained on, taken in parts.
@Suite struct SampleTests {
  private static func stages(pagesPerPart: Int) -> [any Stage] {
    StageList.curation + [SampleStage(pagesPerPart: pagesPerPart), TokenizerStage()]
  }

  private func run(
    _ example: ForgettableRun, pagesPerPart: Int, sampleBytes: Int = 6_000
  ) async throws -> RunSummary {
    var configuration = example.configuration
    configuration.tokenizer.sampleBytes = sampleBytes
    return try await Run(configuration, stages: Self.stages(pagesPerPart: pagesPerPart))
      .execute(through: .tokenizer)
  }

  private func tokenizer(_ example: ForgettableRun) throws -> Digest {
    try Digest(ofFile: example.paths.path(RunDirectory.tokenizer))
  }

  /// Three parts of the corpora, of three pages at most, in one to three samples.
  @Test(arguments: [2_000, 6_000, 1 << 20])
  func theTokenizerIsTheSameHoweverTheSampleIsDivided(sampleBytes: Int) async throws {
    let example = try ForgettableRun()
    var found: Set<Digest> = []
    for (pages, count) in [(1, 3), (4, 2), (100, 1)] {
      let summary = try await run(example, pagesPerPart: pages, sampleBytes: sampleBytes)
      let sample = try #require(summary.stages.first { $0.stage == .sample })
      #expect(sample.partitions == count)
      found.insert(try tokenizer(example))
    }
    #expect(found.count == 1)
  }

  @Test func aTokenizerThatIsNamedNeedsNoSample() async throws {
    let example = try ForgettableRun()
    _ = try await run(example, pagesPerPart: 1)
    let model = example.place.file("a.model")
    try AtomicFile.write(
      FileSystem.read(example.paths.path(RunDirectory.tokenizer)), to: model)
    var named = example
    named.configuration.tokenizer.model = model
    _ = try await run(named, pagesPerPart: 1)
    #expect(try PartitionManifest.all(of: .sample, in: example.paths).isEmpty)
    #expect(!FileSystem.isFile(example.paths.path(RunDirectory.sampledLines(0))))
    named.configuration.output = example.place.file("other")
    let summary = try await run(named, pagesPerPart: 1)
    #expect(!summary.stages.contains { $0.stage == .sample })
    #expect(try Digest(ofFile: named.paths.path(RunDirectory.tokenizer)) == Digest(ofFile: model))
  }

  @Test func aDamagedSampleIsNamed() async throws {
    let example = try ForgettableRun()
    _ = try await run(example, pagesPerPart: 1)
    let file = RunDirectory.sampledLines(1)
    let bytes = try FileSystem.read(example.paths.path(file))
    try Directory.remove(example.paths.path("work/manifests/tokenizer"))
    let ofDocuments = try FileSystem.read(example.paths.path(RunDirectory.documents(0)))
    for damaged in [[UInt8](repeating: 0xff, count: bytes.count), ofDocuments] {
      // The size is the one that the manifest names, or the file would be made again.
      let other = Array((damaged + [UInt8](repeating: 0, count: bytes.count)).prefix(bytes.count))
      try AtomicFile.write(other, to: example.paths.path(file))
      await #expect { _ = try await run(example, pagesPerPart: 1) } throws: {
        String(describing: $0).contains(file)
      }
    }
  }

  /// A sample of which something is forgotten is that of what is left, and nothing is trained anew.
  @Test func whatIsForgottenIsInNoSample() async throws {
    let example = try ForgettableRun()
    _ = try await run(example, pagesPerPart: 1)
    let before = try (0..<3).map {
      try Digest(ofFile: example.paths.path(RunDirectory.sampledLines($0)))
    }
    let trained = try tokenizer(example)
    var selectors = ForgetSelectors()
    try selectors.add(url: ForgettableRun.url(5))
    let kept = example.place.file("kept")
    try FileManager.default.copyItem(
      atPath: example.paths.path(RunDirectory.sampledLines(1)), toPath: kept)
    let record = try Forgetting(example.configuration.output).perform(selectors)
    let after = try (0..<3).map {
      try Digest(ofFile: example.paths.path(RunDirectory.sampledLines($0)))
    }
    #expect(zip(before, after).map { $0 == $1 } == [true, false, true])
    #expect(record.files.contains { $0.path == RunDirectory.sampledLines(1) })
    #expect(try ForgottenCheck(example.configuration.output).traces.isEmpty)
    let again = try await run(example, pagesPerPart: 1)
    #expect(again.stages.allSatisfy { $0.made == 0 })
    #expect(try tokenizer(example) == trained)
    // Made again it is the same.
    try FileSystem.remove(example.paths.path(RunDirectory.sampledLines(1)))
    let report = try await RunRepair(
      example.configuration.output, stages: Self.stages(pagesPerPart: 1)
    ).perform()
    #expect(report.isRestored && report.partitions == ["sample": 1])
    let made = try Digest(ofFile: example.paths.path(RunDirectory.sampledLines(1)))
    #expect(made == after[1])
    // The proof notices the lines that were there before.
    try FileSystem.remove(example.paths.path(RunDirectory.sampledLines(1)))
    try FileSystem.rename(kept, to: example.paths.path(RunDirectory.sampledLines(1)))
    let traces = try ForgottenCheck(example.configuration.output).traces
    #expect(traces.map(\.path) == [RunDirectory.sampledLines(1)])
  }
}
