import Documents
import Foundation
import Storage
import TestSupport
import Testing

/// The whole way on a small crawl, and what every command says of it.
@Suite(.serialized) struct WholeWayTests {
  private static let made: SmallPipeline? = {
    guard let pipeline = try? SmallPipeline(steps: 12),
      let result = try? pipeline.run("run"), result.status == 0
    else { return nil }
    return pipeline
  }()

  private func pipeline() throws -> SmallPipeline { try #require(Self.made, "the run failed") }

  private func weft(_ arguments: String...) throws -> WeftProcess.Result {
    try WeftProcess.run(arguments)
  }

  @Test func threeCorporaAndAModelAreMade() throws {
    let output = try pipeline().output
    for corpus in ["interleaved", "pairs", "text"] {
      #expect(FileSystem.isFile("\(output)/corpus/\(corpus)/part-00000.tar"))
      #expect(FileSystem.isFile("\(output)/shards/\(corpus)/index.json"))
      #expect(FileSystem.isFile("\(output)/shards/\(corpus)/shard-00000.safetensors"))
    }
    #expect(FileSystem.isFile("\(output)/checkpoints/step-000012/model.safetensors"))
    let metrics = try FileSystem.readText("\(output)/metrics/metrics.jsonl")
    #expect(metrics.split(separator: "\n").count >= 12)
  }

  @Test func statsPrintTheFunnel() throws {
    let text = try weft("stats", pipeline().output)
    #expect(text.status == 0, "\(text.errors)")
    for word in ["read", "extract", "curate", "interleaved", "pairs", "text", "statusNotOK"] {
      #expect(text.output.contains(word), "\(word) in \(text.output)")
    }
    let json = try weft("stats", pipeline().output, "--json")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
  }

  @Test(arguments: Corpus.crawled)
  func aTokenIsTracedToItsBytes(corpus: Corpus) throws {
    // The last position of a sequence is text in each corpus: `<s>` comes first, images before.
    let trace = try weft(
      "trace", pipeline().output, "--corpus", corpus.rawValue, "--shard", "0", "--sequence", "0",
      "--position", "70", "--json")
    #expect(trace.status == 0, "\(trace.errors)")
    let found = try #require(
      JSONSerialization.jsonObject(with: Data(trace.output.utf8)) as? [String: Any])
    let input = try #require(found["input"] as? [String: Any])
    #expect((input["path"] as? String)?.hasSuffix(".warc.gz") == true)
    let document = try #require(found["document"] as? [String: Any])
    let url = try #require(document["url"] as? String)
    let back = try weft("trace", pipeline().output, "--url", url)
    #expect(back.status == 0 && back.output.contains("shard"), "\(back.output)")
  }

  @Test func verifyFindsNothingWrong() throws {
    let result = try weft("verify", pipeline().output)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func verifyFindsAChangedByte() throws {
    let damaged = try SmallPipeline()
    #expect(try damaged.run().status == 0)
    let path = damaged.output + "/shards/text/shard-00000.safetensors"
    var bytes = try FileSystem.read(path)
    bytes[bytes.count - 1] ^= 1
    try AtomicFile.write(bytes, to: path)
    let result = try weft("verify", damaged.output)
    #expect(result.status == 1)
    #expect(result.output.contains("shard-00000.safetensors"))
  }

  @Test func inspectShowsADocumentAndASequence() throws {
    let document = try weft("inspect", pipeline().output)
    #expect(document.status == 0, "\(document.errors)")
    #expect(document.output.contains("http://"))
    let sequence = try weft(
      "inspect", pipeline().output, "--corpus", "interleaved", "--shard", "0", "--sequence", "0")
    #expect(sequence.status == 0, "\(sequence.errors)")
    #expect(sequence.output.contains("66 positions"))
  }

  @Test func generatePrintsText() throws {
    let image = WeftProcess.checkout + "Tests/EndToEndTests/Fixtures/pattern.png"
    let result = try weft(
      "generate", "--checkpoint", pipeline().output + "/checkpoints", "--image", image,
      "--maximum-tokens", "8", "--json", "An image of")
    #expect(result.status == 0, "\(result.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(found?["text"] is String)
  }

  @Test func answersAreScored() throws {
    let result = try weft(
      "generate", "--checkpoint", pipeline().output + "/checkpoints", "--option", "a picture",
      "--option", "a window", "--json", "This is")
    #expect(result.status == 0, "\(result.errors)")
    let found = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    #expect(found?.map { $0["option"] as? String } == ["a picture", "a window"])
    #expect(found?.allSatisfy { $0["logProbability"] as? Double ?? 0 < 0 } == true)
  }

  @Test func promptsAreReadOneALine() throws {
    let image = WeftProcess.checkout + "Tests/EndToEndTests/Fixtures/pattern.png"
    let lines = [
      "/help", "/image no-such-image.png", "/image \(image)", "/beam none", "/beam 1",
      "/frobnicate",
      "", "An image of", "<image><image>two places", "/temperature -1", "/clear", "Words", "/quit",
      "never read",
    ]
    let result = try WeftProcess.run(
      [
        "generate", "--checkpoint", pipeline().output + "/checkpoints", "--interactive",
        "--maximum-tokens", "4",
      ], input: lines.joined(separator: "\n") + "\n")
    #expect(result.status == 0, "\(result.errors)")
    for words in [
      "/image PATH", "no file 'no-such-image.png'", "1 image(s)", "found 'none'", "'/frobnicate'",
      "2 places", "not '-1'",
    ] { #expect(result.output.contains(words), "\(words) is missing in \(result.output)") }
  }

  @Test func aReportIsWritten() throws {
    let result = try weft("report", pipeline().output)
    #expect(result.status == 0, "\(result.errors)")
    let page = try FileSystem.readText(pipeline().output + "/report/index.html")
    #expect(page.contains("<svg") && page.contains("</html>"))
    #expect(!page.contains("<script"))
  }

  @Test func trainingGoesOnBitForBit() throws {
    let stopped = try SmallPipeline(steps: 12)
    #expect(try stopped.run("shard").status == 0)
    // Killed after its first checkpoint, whenever that is.
    var kills = 0
    while kills < 3 {
      let result = try WeftProcess.run(
        ["train", stopped.file, "--workers", "2"], killedAfter: .milliseconds(900 + 500 * kills))
      kills += 1
      if !result.signal { break }
    }
    #expect(try stopped.run("train").status == 0)
    let model = "/checkpoints/step-000012/model.safetensors"
    #expect(
      try FileSystem.read(stopped.output + model) == FileSystem.read(pipeline().output + model))
  }

  @Test(arguments: [
    (["run", "no-such-file.yaml"], 78, "there is no such file"),
    (["stats", "no-such-run"], 1, "no-such-run"),
    (["generate", "--checkpoint", "no-such-checkpoint", "x"], 1, "no-such-checkpoint"),
    (["frobnicate"], 64, "frobnicate"),
    (["trace", "x"], 64, "name a token by --shard"),
  ])
  func faultsAreSaidInASentence(arguments: [String], status: Int32, words: String) throws {
    let result = try WeftProcess.run(arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
