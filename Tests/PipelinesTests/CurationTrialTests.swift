import Curation
import Deduplication
import Documents
import Foundation
import Pipelines
import Provenance
import Storage
import TestSupport
import Testing

/// Rules that are tried out on a run, and what a changed rule makes anew.
@Suite struct CurationTrialTests {
  private let place = TemporaryDirectory()

  private static func page(_ number: Int) -> String {
    let sentences = (0..<4 + number).map {
      "The \(number) foxes of farm \($0) jump over the lazy dogs while the farmer watches them. "
    }
    let prose = sentences.joined()
    return """
      <html lang="en"><head><title>Page \(number)</title></head><body><main><h1>Page \(number)</h1>
      <p>\(prose)</p><figure><img src="/\(number).png"><figcaption>A pattern of many colours, number
      \(number)</figcaption></figure><p>\(prose)</p></main></body></html>
      """
  }

  private func pipeline() throws -> PipelineConfiguration {
    var archive = ArchiveBuilder()
    for number in 1...6 {
      archive.page("http://host\(number).test/page", Self.page(number))
      archive.respond(
        "http://host\(number).test/\(number).png", "image/png",
        PNGFile.pattern(width: 80 + number, height: 70, seed: number))
    }
    try AtomicFile.write(archive.bytes, to: place.file("a.warc"))
    var pipeline = PipelineConfiguration()
    pipeline.output = place.file("run")
    pipeline.read.inputs = [place.file("a.warc")]
    pipeline.extract.pagesPerPart = 2
    pipeline.deduplicate.near.enabled = false
    return pipeline
  }

  private func files() throws -> [String: Date] {
    let root = place.file("run")
    var found: [String: Date] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let facts = try FileManager.default.attributesOfItem(atPath: root + "/" + name)
      found[name] = facts[.modificationDate] as? Date
    }
    return found
  }

  @Test func aTrialCountsWhatARunCountsAndWritesNothing() async throws {
    var pipeline = try pipeline()
    _ = try await Run(pipeline, stages: StageList.curation).execute(through: .resolve)
    pipeline.curate.gopher[.minimumWords] = 180
    pipeline.curate.interleaved.singleImageDiscard = 0
    let before = try files()
    let parts = try await CurationTrial(directory: pipeline.output)
      .results(of: [pipeline.curate, .standard], gathered: [StageCounts(), StageCounts()]) {
        $0[0].add($2[0].counts)
        $0[1].add($2[1].counts)
      }
    #expect(try files() == before)
    #expect(parts.count == 3)
    let tried = parts.reduce(into: StageCounts()) { $0.add($1[0]) }
    let kosmos = parts.reduce(into: StageCounts()) { $0.add($1[1]) }
    #expect(tried[.text].dropped["tooFewWords"] ?? 0 > 0 && tried[.text].kept > 0)
    #expect(kosmos[.text].kept == 6)
    let summary = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    #expect(summary.stages.last?.counts == tried)
  }

  @Test func aChangedRuleMakesCurationAlone() async throws {
    var pipeline = try pipeline()
    _ = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    pipeline.curate.repetition[.maximumDuplicate5Grams] = 0.01
    let changed = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    #expect(changed.stages.filter { $0.made > 0 }.map(\.stage) == [.curate])
    #expect(changed.stages.last?.counts[.text].dropped == ["duplicate5Grams": 6])
    let same = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    #expect(same.stages.allSatisfy { $0.made == 0 })
  }

  @Test func aChangedListMakesCurationAlone() async throws {
    var pipeline = try pipeline()
    let list = place.file("blocked.txt")
    try AtomicFile.write(Array("host1.test\n".utf8), to: list)
    pipeline.curate.blockList = list
    let first = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    #expect(first.stages.last?.counts[.text].dropped == ["blockedDomain": 1])
    try AtomicFile.write(Array("host1.test\nhost2.test/pa\n".utf8), to: list)
    let second = try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    #expect(second.stages.filter { $0.made > 0 }.map(\.stage) == [.curate])
    #expect(second.stages.last?.counts[.text].dropped == ["blockedDomain": 1, "blockedURL": 1])
    try FileSystem.remove(list)
    await #expect(throws: ConfigurationError.self) {
      try await Run(pipeline, stages: StageList.curation).execute(through: .curate)
    }
  }

  /// A run directory of a weft that lacked some keys is read with the defaults of those.
  @Test func keysThatARunDoesNotNameHaveTheirDefaults() async throws {
    var pipeline = try pipeline()
    pipeline.seed = .max
    pipeline.curate.images.maximumAspectRatio = nil
    pipeline.curate.images.maximumPages = nil
    pipeline.images.store.longestSide = nil
    _ = try await Run(pipeline, stages: StageList.curation).execute(through: .read)
    let path = pipeline.output + "/" + RunDirectory.description
    let whole = try FileSystem.readText(path)
    let lines = whole.split(separator: "\n").filter { !$0.contains("\"minimumSide\"") }
    #expect(lines.count == whole.split(separator: "\n").count - 1)
    try AtomicFile.write(lines.joined(separator: "\n"), to: path)
    let found = try RunFile.read(RunDirectory(pipeline.output))
    #expect(found.pipeline == pipeline)
  }

  @Test func aRunThatIsNotThatFarIsRefused() async throws {
    #expect(throws: RunError.self) { try CurationTrial(directory: place.file("none")) }
    let pipeline = try pipeline()
    _ = try await Run(pipeline, stages: StageList.curation).execute(through: .extract)
    let error = #expect(throws: RunError.self) { try CurationTrial(directory: pipeline.output) }
    #expect(error?.message.contains("weft resolve") == true)
  }
}
