import Compression
import Documents
import Foundation
import Hashing
import Storage
import TestSupport
import Testing

/// A small run, and one that goes on from it with instructions.
@Suite(.serialized) struct InstructionTuningTests {
  /// A tuning of a finished run.
  private struct Tuning {
    let base: SmallPipeline
    let place = TemporaryDirectory()
    var output: String { place.file("run") }
    var file: String { place.file("tune.yaml") }

    init(_ base: SmallPipeline, inputs: String? = nil, train: String = "steps: 4") throws {
      self.base = base
      try AtomicFile.write(Tuning.lines.joined(separator: "\n"), to: place.file("a.jsonl"))
      let packed = CompressionFormat.gzip.compress(Array(Tuning.more.joined(separator: "\n").utf8))
      try AtomicFile.write(packed, to: place.file("b.jsonl.gz"))
      let text = """
        output: \(output)
        seed: 3
        base: \(base.output)
        instructions:
          inputs: ["\(inputs ?? place.file("*.jsonl*"))"]
          maximumLineBytes: 4000
        shard: { validationFraction: 0.25 }
        train:
          sequencesPerStep: { instructions: 4, text: 1, pairs: 2, interleaved: 1 }
          microBatchTokens: 512
          learningRate: 0.01
          warmUpSteps: 1
          validateEvery: 4
          validationSequences: 4
          checkpointEvery: 2
          \(train)
        """
      try AtomicFile.write(text, to: file)
    }

    static func line(_ number: Int) -> String {
      #"{"instruction": "What is number \#(number)?", "input": "\#(number % 2 == 0 ? "of the list" : "")", "#
        + #""output": "It is the picture \#(number)."}"#
    }

    /// Thirty examples, and lines that are none.
    static let lines: [String] =
      (0..<20).map(line) + [
        "", line(3), "{", #"{"instruction": "a", "output": "b"}"#,
        #"{"instruction": "a", "input": "", "output": ["b"]}"#,
        #"{"instruction": "a", "input": "", "output": " "}"#,
        #"{"instruction": "a", "input": "", "output": "\#(String(repeating: "long ", count: 500))"}"#,
        #"{"instruction": "\#(String(repeating: "x", count: 5000))", "input": "", "output": "b"}"#,
      ]
    static let more = (20..<30).map(line) + [line(5)]

    static let dropped = [
      "duplicateExample": 2, "invalidJSON": 1, "missingKey": 1, "wrongType": 1, "emptyOutput": 1,
      "exampleTooLong": 1, "oversizedLine": 1,
    ]
  }

  private static let base: SmallPipeline? = {
    guard let pipeline = try? SmallPipeline(steps: 3), let result = try? pipeline.run("run"),
      result.status == 0
    else { return nil }
    return pipeline
  }()

  private static let made: Tuning? = {
    guard let base, let tuning = try? Tuning(base),
      let result = try? WeftProcess.run(["run", tuning.file, "--workers", "2"]), result.status == 0
    else { return nil }
    return tuning
  }()

  private func tuning() throws -> Tuning { try #require(Self.made, "the tuning failed") }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func whatEnteredWentOnOrHasAReason() throws {
    let stats = try WeftProcess.run(["stats", tuning().output, "--json"])
    let found = try object(stats.output)
    let stages = try #require(found["funnel"] as? [[String: Any]])
    let stage = try #require(stages.first { $0["stage"] as? String == "instructions" })
    let counts = try #require(stage["counts"] as? [String: Any])
    let tallies = try #require(counts["tallies"] as? [String: [String: Any]])
    let tally = try #require(tallies["instruction"])
    #expect(tally["kept"] as? Int == 30)
    #expect(tally["entered"] as? Int == 30 + Tuning.dropped.values.reduce(0, +))
    #expect(tally["dropped"] as? [String: Int] == Tuning.dropped)
    let corpora = try #require(found["corpora"] as? [[String: Any]])
    #expect(corpora.map { $0["corpus"] as? String } == ["instructions"])
    let text = try WeftProcess.run(["stats", tuning().output]).output
    #expect(text.contains("instructions") && !text.contains("interleaved"))
  }

  @Test func theModelLearnsFromAllFourCorpora() throws {
    let output = try tuning().output
    let metrics = try FileSystem.readText("\(output)/metrics/metrics.jsonl")
    let lines = try metrics.split(separator: "\n").map { try object(String($0)) }
    #expect(lines.count == 6)
    for line in lines {
      let values = try #require((line["losses"] ?? line["results"]) as? [String: Any])
      #expect(Set(values.keys).isSuperset(of: ["interleaved", "pairs", "text", "instructions"]))
    }
    let state = try object(
      FileSystem.readText("\(output)/checkpoints/step-000004/state.json"))
    let base = try tuning().base.output + "/checkpoints/step-000003/model.safetensors"
    #expect(state["base"] as? String == (try Digest(ofFile: base).description))
    // Nothing of the base but its tokenizer is copied.
    #expect(try Directory.names(in: "\(output)/shards") == ["instructions"])
    #expect(!FileSystem.isFile("\(output)/encoder/model.safetensors"))
  }

  @Test func aTokenIsTracedToFileAndBytesAndProved() throws {
    let tuning = try tuning()
    for position in [1, 8] {
      let trace = try WeftProcess.run([
        "trace", tuning.output, "--corpus", "instructions", "--shard", "0", "--sequence", "2",
        "--position", String(position), "--json",
      ])
      #expect(trace.status == 0, "\(trace.errors)")
      let found = try object(trace.output)
      let row = try #require(found["instruction"] as? [String: Any])
      let input = try #require(found["input"] as? [String: Any])
      let example = try #require(found["example"] as? [String: Any])
      #expect(example["fault"] == nil)
      let path = try #require(input["path"] as? String)
      let all = path.hasSuffix(".gz") ? Tuning.more : Tuning.lines
      let bytes = Array(all.joined(separator: "\n").utf8)
      let start = try #require(row["offset"] as? Int)
      let length = try #require(row["length"] as? Int)
      let line = String(decoding: bytes[start..<start + length], as: UTF8.self)
      #expect(try object(line)["output"] as? String == example["output"] as? String)
    }
  }

  @Test func verifyProvesTheRunAndFindsAChangedLine() throws {
    let base = try #require(Self.base)
    let tuning = try Tuning(base, train: "steps: 0")
    #expect(try WeftProcess.run(["shard", tuning.file]).status == 0)
    let sound = try WeftProcess.run(["verify", tuning.output])
    #expect(sound.status == 0, "\(sound.output)\(sound.errors)")
    let path = tuning.place.file("a.jsonl")
    let changed = try FileSystem.readText(path).replacing("picture", with: "pict_re")
    try AtomicFile.write(changed, to: path)
    let found = try WeftProcess.run(["verify", tuning.output])
    #expect(found.status == 1)
    #expect(found.output.contains("other tokens"), "\(found.output)")
  }

  @Test func exampleAndSequenceAreShown() throws {
    let output = try tuning().output
    let example = try WeftProcess.run(["inspect", output, "--corpus", "instructions"])
    #expect(example.status == 0 && example.output.contains("What is number"), "\(example.errors)")
    let sequence = try WeftProcess.run([
      "inspect", output, "--corpus", "instructions", "--shard", "0", "--sequence", "0",
    ])
    #expect(sequence.status == 0 && sequence.output.contains("▁number"), "\(sequence.errors)")
    let report = try WeftProcess.run(["report", output])
    #expect(report.status == 0, "\(report.errors)")
    #expect(try FileSystem.readText("\(output)/report/index.html").contains("instructions"))
  }

  @Test func aTuningThatWasKilledGoesOnBitForBit() throws {
    let whole = try tuning()
    let stopped = try Tuning(whole.base)
    _ = try WeftProcess.run(
      ["run", stopped.file, "--workers", "2"], killedAfter: .milliseconds(1),
      onceThereIs: stopped.output + "/checkpoints/step-000002/state.json")
    #expect(try WeftProcess.run(["run", stopped.file, "--workers", "2"]).status == 0)
    let model = "/checkpoints/step-000004/model.safetensors"
    #expect(
      try FileSystem.read(stopped.output + model) == FileSystem.read(whole.output + model))
  }

  @Test func aBaseThatIsUnfinishedOrDamagedIsRefused() throws {
    let base = try #require(Self.base)
    func errors(_ base: String) throws -> String {
      let tuning = try Tuning(#require(Self.base))
      let text = try FileSystem.readText(tuning.file)
      try AtomicFile.write(
        text.replacing("base: \(tuning.base.output)", with: "base: \(base)"), to: tuning.file)
      let result = try WeftProcess.run(["run", tuning.file])
      // 66 where an input is at fault, by the table of docs/formats.md.
      #expect([1, 66].contains(result.status))
      #expect(!Directory.isDirectory(tuning.output + "/checkpoints"))
      return result.errors
    }
    let place = TemporaryDirectory()
    #expect(try errors(place.path).contains("is not a run directory"))
    #expect(try errors(tuning().output).contains("itself goes on from"))

    let copy = place.file("copy")
    try FileManager.default.copyItem(atPath: base.output, toPath: copy)
    let shard = copy + "/shards/text/shard-00000.safetensors"
    let bytes = try FileSystem.read(shard)
    var changed = bytes
    changed[bytes.count - 1] ^= 1
    try AtomicFile.write(changed, to: shard)
    #expect(try errors(copy).contains("is damaged or was changed"))
    try AtomicFile.write(Array(bytes.dropLast()), to: shard)
    #expect(try errors(copy).contains("bytes where"))
    try FileSystem.remove(RunDirectory(copy).path(RunDirectory.manifest(.train, 0)))
    #expect(try errors(copy).contains("its stage 'train' is not done"))
  }
}
