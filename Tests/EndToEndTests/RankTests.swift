import Foundation
import Storage
import TestSupport
import Testing

/// Training by several processes of the command, on one machine.
@Suite(.serialized) struct RankTests {
  /// A run with shards, which each test has a copy of.
  private static let sharded: SmallPipeline? = {
    guard let pipeline = try? SmallPipeline(), let result = try? pipeline.run("shard"),
      result.status == 0
    else { return nil }
    return pipeline
  }()

  private struct Line: Decodable {
    let type: String
    let step: Int
    let loss: Double?
    let tokens: Int?
  }

  private func pipeline(steps: Int) throws -> SmallPipeline {
    let sharded = try #require(Self.sharded, "the run failed")
    let copy = try SmallPipeline(steps: steps)
    try FileManager.default.copyItem(atPath: sharded.output, toPath: copy.output)
    return copy
  }

  private func train(_ pipeline: SmallPipeline) -> [String] {
    ["train", pipeline.file, "--workers", "1"]
  }

  /// The lines of the metrics; those that are written meanwhile may be cut short.
  private func metrics(_ pipeline: SmallPipeline) -> [Line] {
    let text = (try? FileSystem.readText(pipeline.output + "/metrics/metrics.jsonl")) ?? ""
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test func twoProcessesTrainAsOne() throws {
    let one = try pipeline(steps: 20)
    #expect(try one.run("train", workers: 1).status == 0)
    let two = try pipeline(steps: 20)
    let ends = try WeftRanks(0..<2, of: 2, train(two)).end()
    #expect(ends.map(\.status) == [0, 0], "\(ends)")
    #expect(ends[1].text.isEmpty, "\(ends[1].text)")
    #expect(FileSystem.isFile(two.output + "/checkpoints/step-000020/model.safetensors"))
    let (lines, others) = (metrics(one), metrics(two))
    #expect(lines.count == 22 && others.count == 22)
    for (one, two) in zip(lines, others) where one.type == "train" {
      #expect(abs(try #require(one.loss) - #require(two.loss)) < 1e-5)
      #expect(one.tokens == two.tokens)
    }
    let again = try WeftRanks(0..<2, of: 2, train(two)).end()
    #expect(again.map(\.status) == [0, 0], "\(again)")
    #expect(again[0].text.contains("train     1 of 1 parts were there already"))
  }

  @Test(arguments: [0, 1])
  func aProcessThatIsKilledEndsTheOthersWhichCanGoOn(victim: Int) throws {
    let pipeline = try pipeline(steps: 60)
    let ranks = try WeftRanks(0..<2, of: 2, train(pipeline))
    ranks.wait { metrics(pipeline).count > 5 }
    ranks.send(SIGKILL, to: victim)
    let ends = try ranks.end(atMost: 30)
    let survivor = ends[1 - victim]
    #expect(survivor.status == 1)
    #expect(survivor.text.contains("rank \(victim) has died"), "\(survivor.text)")
    #expect(!survivor.text.contains("frame #"), "\(survivor.text)")
    let done = try #require(metrics(pipeline).last?.step)
    if victim == 1 {
      #expect(survivor.text.contains("of step \(done)"), "\(survivor.text)")
      let name = "step-" + String(String(1_000_000 + done).dropFirst())
      #expect(FileSystem.isFile("\(pipeline.output)/checkpoints/\(name)/state.json"))
    }
    // The checkpoint is one that training goes on from, by itself too.
    let next = try WeftProcess.run(train(pipeline))
    #expect(next.status == 0, "\(next.errors)")
    let steps = metrics(pipeline).filter { $0.type == "train" }.map(\.step)
    #expect(steps == Array(1...60))
  }

  @Test func oneThatIsAskedToStopStopsAll() throws {
    let pipeline = try pipeline(steps: 4000)
    let ranks = try WeftRanks(0..<2, of: 2, train(pipeline))
    ranks.wait { metrics(pipeline).count > 3 }
    ranks.send(SIGTERM, to: 1)
    let ends = try ranks.end(atMost: 30)
    #expect(ends.map(\.status) == [130, 130], "\(ends)")
    let checkpoints = try Directory.names(in: pipeline.output + "/checkpoints")
    let done = try #require(metrics(pipeline).last { $0.type == "train" }?.step)
    #expect(checkpoints.contains { $0.hasSuffix("\(done)") }, "\(checkpoints), \(done)")
  }

  @Test func theCommandStartsTheOthersItself() throws {
    let pipeline = try pipeline(steps: 6)
    let result = try WeftProcess.run(train(pipeline) + ["--ranks", "2"])
    #expect(result.status == 0, "\(result.errors)")
    let text = try FileSystem.readText(pipeline.output + "/metrics/metrics.jsonl")
    #expect(text.contains("exchangeSeconds"))
  }

  @Test func oneThatDoesNotComeIsNamed() throws {
    let pipeline = try pipeline(steps: 4)
    let wait = ["WEFT_RANK_TIMEOUT": "1"]
    let first = try WeftRanks(0..<1, of: 2, train(pipeline), environment: wait).end()[0]
    #expect(first.status == 1)
    #expect(first.text.contains("rank 1 of 2 did not come within 1 s"), "\(first.text)")
    let second = try WeftRanks(1..<2, of: 2, train(pipeline), environment: wait).end()[0]
    #expect(second.status == 1)
    #expect(second.text.contains("rank 1 reaches nobody at 127.0.0.1:"), "\(second.text)")
  }

  @Test func aPortThatIsTakenIsNamed() throws {
    let pipeline = try pipeline(steps: 4)
    try withListener(atPort: 0) { port in
      let end = try WeftRanks(0..<1, of: 2, port: port, train(pipeline)).end()[0]
      #expect(end.status == 1)
      #expect(end.text.contains("cannot listen at port \(port)"), "\(end.text)")
    }
  }

  @Test func aPipelineThatOneAloneHasIsNamed() throws {
    let pipeline = try pipeline(steps: 4)
    let other = pipeline.place.file("other.yaml")
    let text = try FileSystem.readText(pipeline.file)
    try AtomicFile.write(
      text.replacingOccurrences(of: "learningRate: 0.01", with: "learningRate: 0.02"), to: other)
    let port = freePort()
    let first = try WeftRanks(0..<1, of: 2, port: port, train(pipeline))
    let second = try WeftRanks(1..<2, of: 2, port: port, ["train", other, "--workers", "1"])
    for end in try first.end() + second.end() {
      #expect(end.status == 1)
      #expect(end.text.contains("'training.learningRate'"), "\(end.text)")
    }
  }
}
