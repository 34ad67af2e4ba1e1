import Dispatch
import Documents
import Foundation
import Hashing
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// Runs tasks on threads of its own: one that waits takes none of the few that all other tests share.
private final class OwnThreads: _Concurrency.TaskExecutor {
  private let queue = DispatchQueue(label: "zombie", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// Attempts that go on after nobody waits for them any more, which every engine has.
@Suite struct ZombieTests {
  /// A stage of three partitions whose output is a text; a hook runs before each output is written.
  private struct TextStage: Stage {
    let text: String
    var hook: @Sendable (Int) throws -> Void = { _ in }
    var name: StageName { .extract }

    func plan(_ run: RunContext) throws -> [Partition] {
      try (0..<3).map { index in
        Partition(index: index, key: try PartitionKey().with("text", text), work: 1) { writer in
          try hook(index)
          try AtomicFile.write("\(text) \(index)", to: writer.output("documents/text-\(index)"))
          return StageCounts()
        }
      }
    }
  }

  private struct Fixture {
    let place = TemporaryDirectory()
    var configuration = PipelineConfiguration()

    init() throws {
      configuration.output = place.file("run")
      configuration.read.inputs = [place.file("a.warc")]
      try AtomicFile.write("", to: place.file("a.warc"))
    }

    func run(_ stage: TextStage, _ engine: InProcessEngine) async throws -> RunSummary {
      try await Run(configuration, stages: [stage]).execute(executor: engine.executor())
    }

    func make(_ stage: TextStage, _ share: Int) async throws -> StageWorker.Outcome {
      try await StageWorker(stage, configuration: configuration).make(share: share, of: 3)
    }

    func texts() throws -> [String] {
      try (0..<3).map { try FileSystem.readText(configuration.output + "/documents/text-\($0)") }
    }

    func litter() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: configuration.output + "/work").filter {
        $0.hasPrefix("attempts/extract/") || $0.hasPrefix("commits/extract/")
      }
    }
  }

  /// An attempt that waits in the middle of its partition until it is released.
  private final class Zombie: Sendable {
    private let isWaiting = DispatchSemaphore(value: 0)
    private let isReleased = DispatchSemaphore(value: 0)
    private let isOver = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<StageWorker.Outcome, any Error>?>(nil)

    init(_ fixture: Fixture, text: String) {
      let stage = TextStage(text: text) { [self] _ in
        isWaiting.signal()
        isReleased.wait()
      }
      Task(executorPreference: OwnThreads()) { [self] in
        let made: Result<StageWorker.Outcome, any Error>
        do { made = .success(try await fixture.make(stage, 1)) } catch { made = .failure(error) }
        result.withLock { $0 = made }
        isOver.signal()
      }
    }

    func waitUntilItIsInTheMiddle() async throws { try await onThread { self.isWaiting.wait() } }

    func release() async throws -> Result<StageWorker.Outcome, any Error>? {
      isReleased.signal()
      try await onThread { self.isOver.wait() }
      return result.withLock { $0 }
    }
  }

  /// It is released while its driver still works: the second attempt was first.
  @Test func aSecondAttemptOfTheSameKeyIsThrownAway() async throws {
    let fixture = try Fixture()
    let stage = TextStage(text: "new")
    let engine = InProcessEngine { batch in
      let zombie = Zombie(fixture, text: "new")
      try await zombie.waitUntilItIsInTheMiddle()
      for share in batch.shares {
        let outcome = try await fixture.make(stage, share)
        #expect(outcome.made == 1)
      }
      let late = try await zombie.release()?.get()
      #expect(late == StageWorker.Outcome(late: 1))
    }
    #expect(try await fixture.run(stage, engine).stages.first?.made == 3)
    #expect(try fixture.texts() == ["new 0", "new 1", "new 2"])
    #expect(try fixture.litter().isEmpty)
  }

  /// It is released after its driver has ended: what it leaves, if anything, does not count.
  @Test func anAttemptAfterTheEndChangesNothing() async throws {
    let fixture = try Fixture()
    let stage = TextStage(text: "new")
    let zombies = Mutex<[Zombie]>([])
    let engine = InProcessEngine { batch in
      let zombie = Zombie(fixture, text: "new")
      try await zombie.waitUntilItIsInTheMiddle()
      zombies.withLock { $0.append(zombie) }
      for share in batch.shares { _ = try await fixture.make(stage, share) }
    }
    _ = try await fixture.run(stage, engine)
    let before = try ForgettableRun.files(fixture.configuration.output)
    let zombie = try #require(zombies.withLock { $0.first })
    if case .success(let outcome) = try await zombie.release() { #expect(outcome.made == 0) }
    #expect(try ForgettableRun.files(fixture.configuration.output) == before)
    let silent = InProcessEngine { _ in Issue.record("there is nothing to make") }
    #expect(try await fixture.run(stage, silent).stages.first?.made == 0)
  }

  /// It commits an older key under a newer driver, before and after the new attempt has committed.
  @Test(arguments: [true, false]) func anOlderKeyNeverCounts(isFirst: Bool) async throws {
    let fixture = try Fixture()
    let old = TextStage(text: "old")
    let zombies = Mutex<[Zombie]>([])
    struct Killed: Error {}
    let dying = InProcessEngine { _ in
      let zombie = Zombie(fixture, text: "old")
      try await zombie.waitUntilItIsInTheMiddle()
      zombies.withLock { $0.append(zombie) }
      throw Killed()
    }
    await #expect(throws: Killed.self) { try await fixture.run(old, dying) }
    let zombie = try #require(zombies.withLock { $0.first })
    let new = TextStage(text: "new")
    @Sendable func releaseOld() async throws {
      let outcome = try await zombie.release()?.get()
      #expect(outcome?.made == 1)
    }
    let engine = InProcessEngine { batch in
      if isFirst { try await releaseOld() }
      for share in batch.shares {
        let outcome = try await fixture.make(new, share)
        #expect(outcome.made == 1)
      }
      if !isFirst { try await releaseOld() }
    }
    _ = try await fixture.run(new, engine)
    #expect(try fixture.texts() == ["new 0", "new 1", "new 2"])
    #expect(try fixture.litter().isEmpty)
  }

  /// What was made before a forgetting is not taken over after it.
  @Test func anAttemptFromBeforeAForgettingNeverCounts() async throws {
    let fixture = try Fixture()
    let stage = TextStage(text: "new")
    let directory = RunDirectory(fixture.configuration.output)
    struct Killed: Error {}
    let planned = Mutex<StagePlan?>(nil)
    let dying = InProcessEngine { _ in
      try planned.withLock { $0 = try StagePlan.read(.extract, in: directory) }
      throw Killed()
    }
    await #expect(throws: Killed.self) { try await fixture.run(stage, dying) }
    let plan = try #require(planned.withLock { $0 })
    try plan.write(in: directory)
    #expect(try await fixture.make(stage, 1).made == 1)
    let key = plan.parts[1].key
    let path = directory.path(RunDirectory.commit(.extract, 1, key))
    var commit = try #require(try PartitionCommit.read(path))
    commit.forgettings += 1
    try AtomicFile.write(commit.encoded(), to: path)
    let engine = InProcessEngine { batch in
      #expect(batch.shares == [0, 1, 2])
      for share in batch.shares { _ = try await fixture.make(stage, share) }
    }
    _ = try await fixture.run(stage, engine)
    #expect(try fixture.texts() == ["new 0", "new 1", "new 2"])
  }

  @Test(arguments: [
    #"{"format": "weft-commit"}"#, "", "{",
    #"{"attempt":"../../../x","forgettings":0,"format":"weft-commit","version":1}"#,
  ]) func whatIsNoCommitIsThrownAway(_ text: String) async throws {
    let fixture = try Fixture()
    let stage = TextStage(text: "new")
    let engine = InProcessEngine { batch in
      let directory = RunDirectory(fixture.configuration.output)
      try AtomicFile.write(text, to: directory.path("work/commits/extract/part-00001.json"))
      for share in batch.shares { _ = try await fixture.make(stage, share) }
    }
    _ = try await fixture.run(stage, engine)
    #expect(try fixture.texts() == ["new 0", "new 1", "new 2"])
    #expect(try fixture.litter().isEmpty)
  }

  @Test func ofManyLinksToOneNameOneIsMade() async throws {
    let place = TemporaryDirectory()
    for number in 0..<16 { try AtomicFile.write("\(number)", to: place.file("file-\(number)")) }
    let made = try await (0..<16).concurrentMap(width: 16) { number in
      try FileSystem.link(place.file("file-\(number)"), as: place.file("names/name"))
        ? [number] : []
    }.flatMap { $0 }
    #expect(made.count == 1)
    #expect(try FileSystem.readText(place.file("names/name")) == "\(made[0])")
    // A lost answer is asked for again.
    #expect(try FileSystem.link(place.file("file-\(made[0])"), as: place.file("names/name")))
  }
}
