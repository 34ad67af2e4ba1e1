import Documents
import Foundation
import Storage
import TestSupport
import Testing

/// The classifier in a whole run, with a network of random weights.
@Suite(.serialized) struct ClassifierTests {
  private static let weights =
    WeftProcess.checkout + "Tests/ImageClassificationTests/Fixtures/narrow.safetensors"

  /// A pipeline with a classifier, and with the rule where there is a threshold.
  private func pipeline(maximum: Double? = nil, weights: String = weights) throws -> SmallPipeline {
    let pipeline = try SmallPipeline()
    let text = try FileSystem.readText(pipeline.file)
      .replacing(
        "imagesPerPart: 32 }",
        with: "imagesPerPart: 32, classifier: { weights: '\(weights)', batchSize: 4 } }")
    let rule = maximum.map { "\ncurate: { images: { maximumUnsafeScore: \($0) } }\n" } ?? ""
    try AtomicFile.write(text + rule, to: pipeline.file)
    return pipeline
  }

  private func scores(_ pipeline: SmallPipeline) throws -> [String: [UInt8]] {
    let folder = pipeline.output + "/" + "work/nsfw"
    guard Directory.isDirectory(folder) else { return [:] }
    return try Dictionary(
      uniqueKeysWithValues: Directory.names(in: folder).map {
        ($0, try FileSystem.read("\(folder)/\($0)"))
      })
  }

  private func dropped(_ pipeline: SmallPipeline) throws -> Int {
    let result = try WeftProcess.run(["stats", pipeline.output, "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let pattern = try Regex<(Substring, Substring)>(#""unsafeImage"\s*:\s*(\d+)"#)
    return result.output.firstMatch(of: pattern).flatMap { Int($0.1) } ?? 0
  }

  @Test func scoresAreTheSameForAnyWorkersAndInterruptions() throws {
    let undisturbed = try pipeline()
    #expect(try undisturbed.run("classify", workers: 1).status == 0)
    let expected = try scores(undisturbed)
    #expect(expected.count > 4)
    let disturbed = try pipeline()
    let killed = try WeftProcess.run(
      ["classify", disturbed.file, "--workers", "2"], killedAfter: .milliseconds(1),
      onceThereIs: "\(disturbed.output)/\(RunDirectory.imageScores(0))")
    #expect(killed.signal)
    let resumed = try disturbed.run("classify", workers: 2)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try scores(disturbed) == expected)
  }

  @Test func theRuleDropsByScoreAndIsCounted() throws {
    let all = try pipeline()
    #expect(try all.run("curate").status == 0)
    #expect(try dropped(all) == 0)
    let none = try pipeline(maximum: 0)
    #expect(try none.run("curate").status == 0)
    #expect(try dropped(none) > 50)
    #expect(try WeftProcess.run(["verify", none.output]).status == 0)
  }

  @Test func withoutAClassifierAgainItsScoresAreTakenBack() throws {
    let scored = try pipeline()
    #expect(try scored.run("curate").status == 0)
    #expect(try !scores(scored).isEmpty)
    let plain = try SmallPipeline()
    try AtomicFile.write(
      FileSystem.readText(plain.file).replacing(plain.output, with: scored.output),
      to: scored.file)
    #expect(try scored.run("curate").status == 0)
    #expect(try scores(scored).isEmpty)
    #expect(try plain.run("curate").status == 0)
    #expect(try scored.digests() == plain.digests())
  }

  @Test func faultsAreSaidInASentence() throws {
    let missing = try pipeline(weights: "no-such-file").run("classify")
    #expect(missing.status == 78)
    #expect(missing.errors.contains("images.classifier.weights"), "\(missing.errors)")
    #expect(missing.errors.contains("scripts/convert-open-nsfw"), "\(missing.errors)")
    let other = try pipeline(weights: "Package.swift").run("classify")
    #expect(other.status != 0)
    #expect(other.errors.contains("Package.swift"), "\(other.errors)")
    let none = try SmallPipeline().run("classify")
    #expect(none.status == 78)
    #expect(none.errors.contains("there is no classifier"), "\(none.errors)")
  }
}
