import Documents
import Foundation
import Provenance
import Storage
import TestSupport
import Testing

/// `weft run --executor ray` over the script that schedules, with a stand-in for Ray.
@Suite struct ExecutorTests {
  /// A pipeline whose tasks the stand-in runs, and what goes wrong there.
  private static func pipeline(_ fault: String) throws -> SmallPipeline {
    let pipeline = try SmallPipeline()
    let python = pipeline.place.file("python")
    let fixtures = WeftProcess.checkout + "Tests/EndToEndTests/Fixtures/ray"
    try AtomicFile.write(
      "#!/bin/sh\nFAKE_RAY=\(fault) PYTHONPATH='\(fixtures)' exec python3 \"$@\"\n", to: python)
    chmod(python, 0o755)
    let text = try FileSystem.readText(pipeline.file)
    try AtomicFile.write(
      text + "\nexecutor: { python: '\(python)', tasks: 5, retries: 2 }\n", to: pipeline.file)
    return pipeline
  }

  private static func rows(_ pipeline: SmallPipeline) throws -> [String] {
    var lines: [String] = []
    try Ledger.open(path: pipeline.output + "/provenance.sqlite").dump { line in
      if !line.contains(pipeline.output) { lines.append(line) }
    }
    return lines
  }

  private static func run(_ pipeline: SmallPipeline, _ executor: String) throws
    -> WeftProcess.Result
  {
    try WeftProcess.run(["tokenize", pipeline.file, "--executor", executor])
  }

  /// Workers that die while their commands go on, and commands that are killed.
  @Test(arguments: ["lost", "killed"]) func lostAndKilledTasksChangeNoByte(
    _ fault: String
  ) throws {
    let local = try Self.pipeline("")
    #expect(try Self.run(local, "local").status == 0)
    let ray = try Self.pipeline(fault)
    let result = try Self.run(ray, "ray")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("2 nodes, 2 cores"))
    #expect(result.errors.contains("it is tried again"))
    #expect(try ray.digests() == local.digests())
    #expect(try Self.rows(ray) == Self.rows(local))
    let again = try Self.run(ray, "ray")
    #expect(again.status == 0 && !again.errors.contains("parts made"))
  }

  @Test(arguments: [
    ("old", "Ray is of version 1.13.0", "install one of those"),
    ("none", "no Ray cluster at 'auto'", "ray start --head"),
  ]) func anEngineThatCannotBeUsedSaysWhatToDo(
    _ fault: String, _ words: String, _ remedy: String
  ) throws {
    let result = try Self.run(Self.pipeline(fault), "ray")
    #expect(result.status == 1)
    #expect(result.errors.contains(words) && result.errors.contains(remedy), "\(result.errors)")
  }

  @Test func missingEnginesSayWhatToDo() throws {
    let pipeline = try Self.pipeline("")
    let text = try FileSystem.readText(pipeline.file)
    let noRay = pipeline.place.file("no-ray.yaml")
    let python = pipeline.place.file("python-without-ray")
    try AtomicFile.write("#!/bin/sh\nexec python3 -S \"$@\"\n", to: python)
    chmod(python, 0o755)
    try AtomicFile.write(
      text.replacingOccurrences(of: pipeline.place.file("python"), with: python), to: noRay)
    let result = try WeftProcess.run(["extract", noRay, "--executor", "ray"])
    #expect(result.status == 1)
    #expect(result.errors.contains("has no Ray") && result.errors.contains("pip install"))
  }

  @Test(arguments: [
    (["extracts"], "there is no stage"), (["train"], "runs where the driver is"),
    (["extract", "4"], "--partition takes"),
  ]) func wrongSharesAreRefused(_ words: [String], _ message: String) throws {
    let share = words.count > 1 ? words[1] : "0"
    let result = try WeftProcess.run([
      "stage", words[0], "p.yaml", "--partition", share, "--of", "4",
    ])
    #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
  }

  @Test func aWorkerWithoutADriverSaysSo() throws {
    let pipeline = try Self.pipeline("")
    #expect(try Self.run(pipeline, "local").status == 0)
    let result = try WeftProcess.run([
      "stage", "extract", pipeline.file, "--partition", "0", "--of", "1",
    ])
    #expect(result.status == 75 && result.errors.contains("is done or was not begun"))
    let merge = try WeftProcess.run(["provenance", "merge", pipeline.output])
    #expect(merge.status == 0 && merge.output.contains(" 0 of them merged now"))
  }
}
