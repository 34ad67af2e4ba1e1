import Documents
import Foundation
import Hashing
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// A run that is kept in a store: workers see no run directory, and drivers come and go.
@Suite struct RunStoreTests {
  private let local: ForgettableRun
  private let run: ForgettableRun
  private let store: DirectoryStore

  /// Packed in three ranges, the last of which may hold no document of a corpus.
  init() async throws {
    local = try ForgettableRun(ranges: 3)
    _ = try await local.run()
    var run = try ForgettableRun(ranges: 3)
    run.configuration.output = "s3://bucket/run"
    self.run = run
    store = DirectoryStore(run.place.file("store"))
  }

  private func storage(_ mirror: String, takingOver: Bool = false) -> RunStorage {
    RunStorage(store: store, mirror: run.place.file(mirror), takesOver: takingOver)
  }

  private func worker(_ stage: StageName) throws -> StageWorker {
    let stage = try #require(run.stages.first { $0.name == stage })
    return try StageWorker(
      stage, configuration: run.configuration, store: store,
      scratch: run.place.file("scratch-\(UInt64.random(in: 0...(.max)))"))
  }

  private func execute(_ executor: any Executor, _ storage: RunStorage) async throws -> RunSummary {
    try await Run(run.configuration, stages: run.stages)
      .execute(through: .catalog, executor: executor, storage: storage)
  }

  private func make(_ batch: TaskBatch) async throws {
    for share in batch.shares {
      // Twice at once, as happens where a node is cut off.
      async let one = worker(batch.stage).make(share: share, of: batch.count)
      async let other = worker(batch.stage).make(share: share, of: batch.count)
      let outcomes = try await [one, other]
      // Where the driver takes the first over between another's look and commit, that one counts for nobody.
      #expect(outcomes.map(\.made).reduce(0, +) >= 1)
    }
  }

  /// The digests of the run's outputs in the store, by the names they have in a run directory.
  private func stored() throws -> [String: Digest] {
    let mirror = try RunMirror(
      store, directory: RunDirectory(run.place.file("look")), takingOver: true)
    defer { mirror.giveUp() }
    try mirror.bringAll(of: Set(StageName.allCases))
    return try ForgettableRun.portable(run.place.file("look"))
  }

  @Test func workersOfAStoreGiveTheBytesOfOneProcess() async throws {
    let engine = InProcessEngine { try await make($0) }
    let summary = try await execute(engine.executor(), storage("mirror"))
    #expect(summary.stages.allSatisfy { $0.made == $0.partitions })
    #expect(try stored() == local.portableFiles())
    let litter = try store.names(beginning: "work/commits/")
    #expect(litter.isEmpty)
    // Another driver, on a machine that has nothing of the run.
    let again = try await execute(LocalExecutor(), storage("other mirror"))
    #expect(again.stages.allSatisfy { $0.made == 0 })
    for mirror in ["mirror", "other mirror"] {
      let rows = try ForgettableRun.rows(run.place.file(mirror))
      #expect(
        try rows.filter { !$0.contains(run.place.path) && !$0.contains("s3://") }
          == local.portableRows())
    }
  }

  @Test func aDriverThatGoesOnMakesWhatIsMissing() async throws {
    struct Killed: Error {}
    let dying = InProcessEngine { batch in
      if batch.stage == .curate { throw Killed() }
      try await make(batch)
    }
    await #expect(throws: Killed.self) { try await execute(dying.executor(), storage("mirror")) }
    let summary = try await execute(LocalExecutor(), storage("other mirror"))
    #expect(summary.stages.filter { $0.made > 0 }.first?.stage == .curate)
    #expect(try stored() == local.portableFiles())
  }

  @Test func oneDriverAtATime() async throws {
    let first = try RunMirror(store, directory: RunDirectory(run.place.file("first")))
    do {
      _ = try await execute(LocalExecutor(), storage("mirror"))
      Issue.record("two drivers of one run")
    } catch let error as RunError {
      #expect(error.code == .directory)
      #expect(error.message.contains("--take-over"))
    }
    let second = try RunMirror(
      store, directory: RunDirectory(run.place.file("second")), takingOver: true)
    #expect(throws: RunError.self) { try first.check() }
    // The one that lost it does not take it from the other.
    first.giveUp()
    try second.check()
    second.giveUp()
    _ = try RunMirror(store, directory: RunDirectory(run.place.file("third")))
  }

  /// A driver that goes on after another has taken over and ended changes nothing.
  @Test func aDriverThatLostTheRunChangesNothing() async throws {
    let before = Mutex<[String: Digest]>([:])
    let zombie = InProcessEngine { batch in
      try await make(batch)
      guard batch.stage == .curate else { return }
      // Before the zombie looks for commits again, which it does all the time.
      _ = try await execute(
        InProcessEngine { try await make($0) }.executor(),
        storage("other mirror", takingOver: true))
      let name = RunDirectory.manifest(.curate, 0)
      var commit = try #require(try store.read(name).flatMap { PartitionCommit(bytes: $0) })
      commit.attempt += "-late"
      try store.write(commit.encoded(), as: commit.name)
      try before.withLock { $0 = try ForgettableRun.files(store.address) }
    }
    let error = await #expect(throws: RunError.self) {
      try await execute(zombie.executor(), storage("mirror"))
    }
    #expect(error?.message.contains("taken over") == true)
    #expect(try ForgettableRun.files(store.address) == before.withLock { $0 })
    for name in try store.names(beginning: RunDirectory.commits(.curate)) {
      try store.remove(name)
    }
    #expect(try stored() == local.portableFiles())
  }

  /// It is taken over between its look at the lease and its write.
  @Test func aCommitIsNeverReplacedUnseen() async throws {
    let name = RunDirectory.manifest(.extract, 1)
    let theirs = Array("theirs".utf8)
    let hooked = HookedStore(store: store) { [store] operation, object in
      guard operation == .create, object == name else { return }
      try store.write(Array("{}".utf8), as: RunLease.name)
      try store.write(theirs, as: name)
    }
    let storage = RunStorage(store: hooked, mirror: run.place.file("mirror"))
    for executor in [LocalExecutor(), InProcessEngine { try await make($0) }.executor()]
      as [any Executor]
    {
      await #expect(throws: RunError.self) { try await execute(executor, storage) }
      #expect(try store.read(name) == theirs)
      try store.remove(RunLease.name)
      try store.remove(name)
    }
  }

  @Test func bytesThatChangedInTheStoreAreRefused() async throws {
    let engine = InProcessEngine { try await make($0) }
    _ = try await execute(engine.executor(), storage("mirror"))
    let name = try #require(
      try store.names(beginning: "work/attempts/extract/").first { $0.contains("documents/") })
    var bytes = try #require(try store.read(name))
    bytes[bytes.count / 2] ^= 1
    try store.write(bytes, as: name)
    #expect(throws: RunError.self) { try stored() }
  }
}
