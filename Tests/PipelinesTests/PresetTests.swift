import Curation
import Deduplication
import Foundation
import Pipelines
import Storage
import TestSupport
import Testing

/// Rules that a pipeline begins from.
@Suite struct PresetTests {
  private static let head = "output: runs/x\nread:\n  inputs: [a.warc]\n"
  private let place = TemporaryDirectory()

  private static func parse(_ text: String) throws -> PipelineConfiguration {
    try PipelineFile.parse(head + text, file: "p.yaml")
  }

  /// What is in the program is what is in the repository.
  @Test(arguments: ["kosmos-1", "obelics", "mmc4", "fineweb"])
  func presetsAreTheFiles(name: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try FileSystem.readText("/\(root)/pipelines/presets/\(name).yaml")
    #expect(Preset.named[name] == file)
    let parsed = try Self.parse("preset: \(name)\n")
    try parsed.curate.validate()
    #expect(parsed == (try Self.parse("preset: /\(root)/pipelines/presets/\(name).yaml\n")))
    let others = Preset.named.keys.filter { $0 != name }
    for other in others { #expect(try parsed != Self.parse("preset: \(other)\n"), "\(other)") }
  }

  @Test func everyFileIsAPreset() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = try Directory.names(in: "/\(root)/pipelines/presets")
    #expect(Set(files) == Set(Preset.named.keys.map { $0 + ".yaml" }))
  }

  @Test func kosmosIsTheDefault() throws {
    var defaults = try Self.parse("")
    // The one rule that weft has on by default and the paper does not have.
    defaults.curate.images.maximumPages = nil
    #expect(try Self.parse("preset: kosmos-1\n") == defaults)
  }

  @Test func keysOfTheFileOverrideThePreset() throws {
    let parsed = try Self.parse(
      "preset: obelics\ncurate:\n  node: {minimumWords: 2, minimumStopWords: null}\n")
    #expect(parsed.curate.node[.minimumWords] == 2)
    #expect(parsed.curate.node[.minimumStopWords] == nil)
    #expect(parsed.curate.node[.maximumWords] == 1_000)
    #expect(parsed.curate.interleaved.maximumImages == 30)
    #expect(parsed.deduplicate.paragraphs.enabled)
    #expect(parsed.output == "runs/x")
  }

  @Test func aPresetCanBeAFileOfOnesOwn() throws {
    let path = place.file("own.yaml")
    try AtomicFile.write(Array("curate: {text: {minimumWords: 7}}\n".utf8), to: path)
    #expect(try Self.parse("preset: \(path)\n").curate.text.minimumWords == 7)
  }

  @Test(arguments: [
    ("preset: obelix\n", "p.yaml:4: preset: there is no preset 'obelix'; did you mean 'obelics'?"),
    (
      "preset: no/such.yaml\n",
      "p.yaml:4: preset: there is no preset 'no/such.yaml'; weft has fineweb, kosmos-1, mmc4, obelics"
    ),
    ("preset: 3\n", "p.yaml:4: preset: expected a text, found '3'"),
    (
      "curate: {optOuts: [noia]}\n",
      "p.yaml:4: curate.optOuts[0]: 'noia' is not one of noai, noimageai, noindex"
    ),
    (
      "curate: {gopher: {minimumWord: 3}}\n",
      "p.yaml:4: curate.gopher.minimumWord: unknown key; did you mean 'minimumWords'?"
    ),
    (
      "curate: {node: {maximumFlaggedWords: 0.1}}\n",
      "p.yaml: curate.node.maximumFlaggedWords: there is no list of words"
    ),
  ])
  func faultsNameTheRemedy(text: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try Self.parse(text) }
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("output: x\n", "1: output: unknown key; accepted here: curate, deduplicate, images"),
    ("curate: {text: {minimumWords: -1}}\n", "1: curate.text.minimumWords: -1 is below"),
  ])
  func faultsOfAPresetNameItsFile(text: String, expected: String) throws {
    let path = place.file("own.yaml")
    try AtomicFile.write(Array(text.utf8), to: path)
    let error = #expect(throws: ConfigurationError.self) { try Self.parse("preset: \(path)\n") }
    #expect(
      error?.description.hasPrefix("\(path):\(expected)") == true, "\(error?.description ?? "")")
  }

  @Test func listsThatAreMissingOrBrokenAreNamed() throws {
    let pipeline = place.file("p.yaml")
    let list = place.file("blocked.txt")
    try AtomicFile.write(
      Array((Self.head + "curate: {blockList: \(list)}\n").utf8), to: pipeline)
    let missing = #expect(throws: ConfigurationError.self) { try PipelineFile.read(pipeline) }
    #expect(
      missing?.description.hasPrefix("\(pipeline): curate.blockList: there is no file '\(list)'")
        == true)
    try AtomicFile.write(Array("a.test\n[\n".utf8), to: list)
    let broken = #expect(throws: ConfigurationError.self) { try PipelineFile.read(pipeline) }
    #expect(broken?.description.hasPrefix("\(list):2: '[' is neither a domain") == true)
    try AtomicFile.write(Array("a.test\n".utf8), to: list)
    #expect(try PipelineFile.read(pipeline).curate.blockList == list)
  }
}
