import Documents
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// A stage that goes on from its own files goes on from them on another machine.
@Suite struct KeptFilesTests {
  private struct Killed: Error {}

  /// Stands for a training: it keeps a file with each of ten steps, and the latest two of them.
  private final class Steps: Stage {
    static let folder = RunDirectory.checkpoints
    let begun = Mutex<[Int]>([])
    var name: StageName { .train }

    func plan(_ run: RunContext) throws -> [Partition] {
      [
        Partition(index: 0, key: PartitionKey(), work: 10) {
          [self] in try perform(run, $0)
        }
      ]
    }

    private func perform(_ run: RunContext, _ writer: PartitionWriter) throws -> StageCounts {
      let folder = run.directory.path(Self.folder)
      try run.bringKept(in: [Self.folder], of: .train)
      try Directory.make(folder)
      let first = try Directory.names(in: folder).compactMap { Int($0) }.max() ?? 0
      begun.withLock { $0.append(first) }
      for step in first..<10 {
        try AtomicFile.write("step \(step + 1)", to: "\(folder)/\(step + 1)")
        if step > 1 { try FileSystem.remove("\(folder)/\(step - 1)") }
        try run.keep([Self.folder], of: .train)
      }
      _ = writer.output("\(Self.folder)/10")
      return StageCounts()
    }
  }

  @Test func anotherMachineGoesOnFromTheLastState() async throws {
    let place = TemporaryDirectory()
    var pipeline = PipelineConfiguration()
    pipeline.output = "s3://bucket/run"
    pipeline.read.inputs = [place.file("a.warc")]
    try AtomicFile.write("", to: place.file("a.warc"))
    let store = DirectoryStore(place.file("store"))
    let stage = Steps()
    let changes = Mutex<Int>(0)
    var mirrors = 0
    // Each machine is killed some changes of the store after the one before it.
    var isDone = false
    while !isDone {
      mirrors += 1
      changes.withLock { $0 = 0 }
      let hooked = HookedStore(store: store) { _, name in
        guard name.hasPrefix("work/kept/") else { return }
        let count = changes.withLock {
          $0 += 1
          return $0
        }
        if count > 7 { throw Killed() }
      }
      let storage = RunStorage(
        store: hooked, mirror: place.file("mirror-\(mirrors)"), takesOver: true)
      do {
        _ = try await Run(pipeline, stages: [stage]).execute(storage: storage)
        isDone = true
      } catch is Killed {}
      try #require(mirrors < 20)
    }
    let begun = stage.begun.withLock { $0 }
    #expect(
      begun.first == 0 && begun.count > 3 && begun == begun.sorted()
        && Set(begun).count == begun.count)
    let kept = try KeptFiles(of: .train, in: store)
    #expect(kept.files.keys.sorted() == ["checkpoints/10", "checkpoints/9"])
    #expect(
      try store.names(beginning: "work/kept/train/") == kept.files.values.map(\.name).sorted())
    let manifest = try #require(try store.read(RunDirectory.manifest(.train, 0)))
    #expect(PartitionCommit(bytes: manifest)?.manifest.outputs.first?.path == "checkpoints/10")
  }

  @Test func bytesThatChangedAreRefused() throws {
    let place = TemporaryDirectory()
    let store = DirectoryStore(place.file("store"))
    let first = try RunMirror(store, directory: RunDirectory(place.file("first")))
    try AtomicFile.write("abc", to: first.directory.path("metrics/m"))
    try first.keep(["metrics"], of: .train)
    // What is kept already is not written again.
    try first.keep(["metrics", "checkpoints"], of: .train)
    let names = try store.names(beginning: "work/kept/train/")
    #expect(names.count == 1)
    try store.write(Array("abd".utf8), as: names[0])
    first.giveUp()
    let second = try RunMirror(store, directory: RunDirectory(place.file("second")))
    let context = try RunContext(
      configuration: PipelineConfiguration(), directory: second.directory, crawl: [], ledger: nil,
      retriesFetches: false, mirror: second)
    #expect(throws: RunError.self) { try context.bringKept(in: ["metrics"], of: .train) }
  }
}
