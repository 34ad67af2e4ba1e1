import Curation
import Foundation
import Pipelines
import Testing

@Suite struct PipelineFileTests {
  private static let head = "output: runs/x\nread:\n  inputs: [a.warc]\n"

  private static let tuning = "output: runs/x\nbase: runs/y\nseed: 1\n"

  @Test func aRunThatGoesOnFromAnotherNeedsNoArchives() throws {
    let text =
      Self.tuning + "instructions: {inputs: [a.jsonl]}\ntrain: {sequencesPerStep: {text: 2}}"
    let parsed = try PipelineFile.parse(text, file: "p.yaml")
    #expect(parsed.base == "runs/y")
    #expect(parsed.instructions.inputs == ["a.jsonl"])
    #expect(parsed.train.sequencesPerStep.isOn && parsed.train.sequencesPerStep.text == 2)
    #expect(!PipelineConfiguration().train.sequencesPerStep.isOn)
  }

  @Test(arguments: [
    ("", "p.yaml: the file is empty"),
    ("output: [", "p.yaml:2: not YAML: did not find expected node content"),
    ("output: x\nread: {inputs: [a]}\nread: {}", "p.yaml:2: read: the key is given twice"),
    ("read: {inputs: [a]}", "p.yaml:1: the key 'output' is missing (The run directory"),
    ("output: 3\nread: {inputs: [a]}", "p.yaml:1: output: expected a text, found '3'"),
    ("output: x\nread: {inputs: []}", "p.yaml:2: read.inputs: expected at least 1 item(s)"),
    (head + "seed: -1", "p.yaml:4: seed: -1 is below the least accepted value, 0"),
    (head + "sede: 1", "p.yaml:4: sede: unknown key; did you mean 'seed'?"),
    (head + "banana: 1", "p.yaml:4: banana: unknown key; accepted here: base, curate"),
    (head + "version: 2", "p.yaml:4: version: '2' is not one of 1"),
    (head + "train:\n  steps: 1e3", "p.yaml:5: train.steps: expected a whole number"),
    (
      head + "train:\n  lerningRate: 1",
      "p.yaml:5: train.lerningRate: unknown key; did you mean 'learningRate'?"
    ),
    (head + "train:\n  learningRate: 0", "p.yaml:5: train.learningRate: 0 is not above 0"),
    (head + "curate: [1]", "p.yaml:4: curate: expected a mapping of keys, found a list"),
    (
      head + "curate:\n  pairs: {minimumWords: 9, maximumWords: 3}",
      "p.yaml: curate.pairs.maximumWords: 3 is not at least 9"
    ),
    (
      head + "curate:\n  images: {maximumUnsafeScore: 0.8}",
      "p.yaml: curate.images.maximumUnsafeScore: images have no scores without a classifier"
    ),
    ("output: x", "p.yaml:1: neither 'read' nor 'base' is given"),
    ("output: x\nread: {maximumBlockBytes: 2000}", "p.yaml:2: read: the key 'inputs' is missing"),
    (head + "base: runs/y", "p.yaml:3: read: the run that 'base' names has decided this"),
    (head + "instructions: {inputs: [a]}", "p.yaml:4: instructions: instructions tune the model"),
    (tuning + "train:\n  model: {layers: 1}", "p.yaml:5: train.model: the run that 'base'"),
    (tuning + "preset: mmc4", "p.yaml:4: preset: the run that 'base'"),
    (tuning + "shard:\n  maximumLength: 128", "p.yaml:5: shard.maximumLength: the run that 'base'"),
    (tuning + "instructions: {inputs: []}", "p.yaml:4: instructions.inputs: expected at least 1"),
    (
      tuning + "instructions: {template: '{input}'}",
      "p.yaml: instructions.template: the template has {instruction} 0 times"
    ),
    (
      head + "train:\n  sequencesPerStep: {text: 1}\n  tokensPerStep: 9",
      "p.yaml:6: train.tokensPerStep: 'train.sequencesPerStep' says what a step reads"
    ),
    (
      head + "train:\n  sequencesPerStep: {text: 1}\n  mixture: {text: 9}",
      "p.yaml:6: train.mixture: 'train.sequencesPerStep' says what a step reads"
    ),
    (
      head + "train:\n  sequencesPerStep: {text: 0}",
      "p.yaml:5: train.sequencesPerStep: 0 for every"
    ),
    (
      head + "images:\n  classifier: {batchSize: 0}",
      "p.yaml:5: images.classifier.batchSize: 0 is below the least accepted value, 1"
    ),
  ])
  func faultsNameFileLineKeyAndRemedy(text: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try PipelineFile.parse(text, file: "p.yaml")
    }
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
  }

  @Test func absentKeysHaveTheirDefaults() throws {
    let parsed = try PipelineFile.parse(Self.head, file: "p.yaml")
    var expected = PipelineConfiguration()
    expected.output = "runs/x"
    expected.read.inputs = ["a.warc"]
    #expect(parsed == expected)
  }

  @Test func valuesReplaceDefaultsAlone() throws {
    let text =
      Self.head + "curate:\n  interleaved: {maximumImages: null}\n  images: {minimumSide: 8}"
    let parsed = try PipelineFile.parse(text, file: "p.yaml")
    #expect(parsed.curate.interleaved.maximumImages == nil)
    #expect(parsed.curate.images.minimumSide == 8)
    #expect(parsed.curate.interleaved.singleImageDiscard == 0.5)
  }

  @Test func aMissingFileIsNamed() {
    #expect(throws: ConfigurationError.self) { try PipelineFile.read("no/such/file.yaml") }
  }

  /// The schema says what the code does: each key of the defaults is in it, with the same default.
  @Test func schemaAndDefaultsAgree() throws {
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(PipelineFile.schemaText.utf8)) as? [String: Any])
    let defaults = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(PipelineConfiguration()))
        as? [String: Any])
    try compare(schema, defaults, "")
  }

  private func compare(_ schema: [String: Any], _ value: [String: Any], _ key: String) throws {
    let properties = try #require(schema["properties"] as? [String: [String: Any]], "\(key)")
    // The seed of the rules is the pipeline's own.
    let keys = Set(value.keys).subtracting(key == "curate" ? ["seed"] : [])
    // A preset is laid under the file's own keys and leaves no key of its own.
    let named = Set(properties.keys).subtracting(key.isEmpty ? ["preset"] : [])
    #expect(named == keys, "the keys of '\(key)'")
    for (name, property) in properties where named.contains(name) {
      if let inner = value[name] as? [String: Any] {
        try compare(property, inner, name)
      } else if let stated = property["default"] {
        let found = try #require(value[name] as? NSObject)
        #expect(found == stated as? NSObject, "the default of '\(key).\(name)'")
      }
    }
  }
}
