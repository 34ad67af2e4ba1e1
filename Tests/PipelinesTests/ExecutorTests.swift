import Documents
import Foundation
import Hashing
import Provenance
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// What workers elsewhere make is what one process makes: the contract of docs/scale.md.
@Suite struct ExecutorTests {
  private static func local(ranges: Int? = nil) async throws -> ForgettableRun {
    let run = try ForgettableRun(ranges: ranges)
    _ = try await run.run()
    return run
  }

  /// Every share is attempted by three workers at once.
  @Test(arguments: [1, 2, 1000]) func racingWorkersGiveTheBytesOfOneProcess(
    tasks: Int
  ) async throws {
    let local = try await Self.local()
    let run = try ForgettableRun()
    let engine = InProcessEngine { batch in
      #expect(batch.count <= tasks)
      try await withThrowingTaskGroup(of: StageWorker.Outcome.self) { group in
        for share in batch.shares + batch.shares + batch.shares {
          group.addTask {
            try await run.worker(batch.stage).make(share: share, of: batch.count)
          }
        }
        let made = try await group.reduce(0) { $0 + $1.made }
        #expect(made >= batch.shares.count)
      }
    }
    let summary = try await run.run(engine.executor(tasks: tasks))
    #expect(summary.stages.allSatisfy { $0.made == $0.partitions })
    #expect(try run.portableFiles() == local.portableFiles())
    #expect(try run.portableRows() == local.portableRows())
    let again = try await run.run(engine.executor())
    #expect(again.stages.allSatisfy { $0.made == 0 })
  }

  /// A worker that has nothing of the run directory but what its stage and partition name.
  @Test func declaredReadsAreEnough() async throws {
    let local = try await Self.local(ranges: 3)
    let run = try ForgettableRun(ranges: 3)
    _ = try await run.run(run.confined().executor())
    #expect(try run.portableFiles() == local.portableFiles())
    #expect(try run.portableRows() == local.portableRows())
  }

  @Test func whatWasNotMadeIsSaidAndMadeByTheNextRun() async throws {
    let run = try ForgettableRun()
    let lazy = InProcessEngine { batch in
      for share in batch.shares where batch.stage != .extract || share == 1 {
        _ = try await run.worker(batch.stage).make(share: share, of: batch.count)
      }
    }
    do {
      _ = try await run.run(lazy.executor())
      Issue.record("a stage that is not whole is no stage")
    } catch let error as RunError {
      #expect(error.code == .engine)
      #expect(error.message.contains("'extract'") && error.message.contains("(0, 2)"))
    }
    _ = try await run.run()
    let local = try await Self.local()
    #expect(try run.portableFiles() == local.portableFiles())
  }

  /// A driver that was killed leaves commits; those that are still wanted are not made again.
  @Test func aKilledDriversCommitsAreTakenOver() async throws {
    let run = try ForgettableRun()
    struct Killed: Error {}
    let plan = Mutex<StagePlan?>(nil)
    let dying = InProcessEngine { batch in
      if batch.stage != .extract { return try await Self.make(batch, of: run) }
      try plan.withLock { $0 = try StagePlan.read(.extract, in: run.paths) }
      throw Killed()
    }
    await #expect(throws: Killed.self) { try await run.run(dying.executor()) }
    // One that fails tells its workers to stop, and one that is killed does not.
    #expect(throws: RunError.self) { try run.worker(.extract) }
    try plan.withLock { try $0?.write(in: run.paths) }
    // Workers of the dead driver go on.
    #expect(try await run.worker(.extract).make(share: 0, of: 3).made == 1)
    #expect(try await run.worker(.extract).make(share: 0, of: 3).present == 1)
    let engine = InProcessEngine { batch in
      if batch.stage == .extract { #expect(batch.shares == [1, 2]) }
      try await Self.make(batch, of: run)
    }
    _ = try await run.run(engine.executor())
    let local = try await Self.local()
    #expect(try run.portableFiles() == local.portableFiles())
    #expect(try run.portableRows() == local.portableRows())
  }

  /// A worker goes on with no further partition once its driver wants none.
  @Test func aWorkerStopsWhenItsDriverHasFailed() async throws {
    let run = try ForgettableRun()
    struct Killed: Error {}
    let worker = Mutex<StageWorker?>(nil)
    let dying = InProcessEngine { batch in
      if batch.stage != .extract { return try await Self.make(batch, of: run) }
      try worker.withLock { $0 = try run.worker(.extract) }
      throw Killed()
    }
    await #expect(throws: Killed.self) { try await run.run(dying.executor()) }
    let late = try #require(worker.withLock { $0 })
    let error = await #expect(throws: RunError.self) { try await late.make(share: 0, of: 1) }
    #expect(error?.code == .superseded)
    let commits = run.paths.path(RunDirectory.commits(.extract))
    #expect(!Directory.isDirectory(commits))
  }

  /// A driver that was killed leaves its plan to the next one, whatever that makes.
  @Test func plansOfAKilledDriverGo() async throws {
    let run = try await Self.local()
    try AtomicFile.write("{}", to: run.paths.path(RunDirectory.plan(.extract)))
    _ = try await run.run()
    #expect(!Directory.isDirectory(run.paths.path(RunDirectory.plans)))
  }

  /// A file system of a network shows a plan late.
  @Test func aWorkerWaitsForItsPlan() async throws {
    let run = try await Self.local()
    let path = run.paths.path(RunDirectory.plan(.extract))
    let plan = Mutex<[UInt8]>([])
    // The plan of a stage whose parts are there.
    try FileSystem.remove(run.paths.path(RunDirectory.manifest(.extract, 1)))
    let engine = InProcessEngine { batch in
      if batch.stage == .extract { plan.withLock { $0 = (try? FileSystem.read(path)) ?? [] } }
      try await Self.make(batch, of: run)
    }
    _ = try await run.run(engine.executor())
    let (stage, configuration) = (ExtractStage(), run.configuration)
    async let worker = onThread {
      try StageWorker(stage, configuration: configuration, patience: .seconds(60))
    }
    try await Task.sleep(for: .milliseconds(300))
    try AtomicFile.write(plan.withLock { $0 }, to: path)
    #expect(try await worker.make(share: 0, of: 1).present == 3)
  }

  private static func make(_ batch: TaskBatch, of run: ForgettableRun) async throws {
    for share in batch.shares {
      _ = try await run.worker(batch.stage).make(share: share, of: batch.count)
    }
  }

  @Test func aWorkerOfAnotherPipelineOrWithoutAPlanMakesNothing() async throws {
    let run = try ForgettableRun()
    #expect(throws: RunError.self) { try run.worker(.read) }
    _ = try await run.run()
    do {
      _ = try run.worker(.read)
      Issue.record("nobody plans the stage")
    } catch let error as RunError { #expect(error.code == .superseded) }
    var other = run
    other.configuration.extract.pagesPerPart = 2
    do {
      _ = try other.worker(.extract)
      Issue.record("the run is of another pipeline")
    } catch let error as RunError { #expect(error.code == .superseded) }
    // Where and with how many workers it is made is no other pipeline.
    var elsewhere = run.configuration
    elsewhere.executor.kind = .slurm
    elsewhere.workers = 7
    #expect(elsewhere.makesTheSame(as: run.configuration))
  }

  @Test func aLedgerIsMadeAnewFromItsPartsInAnyOrder() async throws {
    let run = try await Self.local()
    let rows = try ForgettableRun.rows(run.configuration.output)
    let path = run.paths.path(RunDirectory.ledger)
    let description = try Ledger.open(path: path).run
    try FileSystem.remove(path)
    let first = try RunMerge.all(in: run.paths)
    #expect(first.merged == first.parts && first.parts > 10)
    #expect(try RunMerge.all(in: run.paths).merged == 0)
    #expect(try ForgettableRun.rows(run.configuration.output) == rows)
    let manifests = try StageName.allCases.flatMap {
      try PartitionManifest.all(of: $0, in: run.paths)
    }
    for seed in 1...4 as ClosedRange<UInt64> {
      try FileSystem.remove(path)
      var generator = SeededGenerator(seed: seed)
      let ledger = try Ledger.create(path: path, run: description)
      let merge = RunMerge(directory: run.paths, ledger: ledger)
      try merge.merge(manifests.shuffled(using: &generator))
      try merge.merge(manifests.shuffled(using: &generator))
      #expect(try ForgettableRun.rows(run.configuration.output) == rows)
    }
  }
}
