import Documents
import Foundation
import Hashing
import Provenance
import Storage
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
    let engine = InProcessEngine { batch in
      let plan = try StagePlan.read(batch.stage, in: batch.directory)
      for share in batch.shares {
        let scratch = run.place.file("scratch-\(batch.stage.rawValue)-\(share)")
        for name in try Self.manifests(in: run) + plan.reads + plan.parts[share].reads + [
          RunDirectory.description, RunDirectory.plan(batch.stage),
        ] { try Self.copy(name, from: run.configuration.output, to: scratch) }
        _ = try await run.worker(batch.stage, in: scratch).make(share: share, of: batch.count)
        for folder in [RunDirectory.attempts(batch.stage), RunDirectory.commits(batch.stage)] {
          for name in try FileManager.default.subpathsOfDirectory(atPath: scratch + "/" + folder)
          where FileSystem.isFile("\(scratch)/\(folder)/\(name)") {
            try Self.copy("\(folder)/\(name)", from: scratch, to: run.configuration.output)
          }
        }
      }
    }
    _ = try await run.run(engine.executor())
    #expect(try run.portableFiles() == local.portableFiles())
    #expect(try run.portableRows() == local.portableRows())
  }

  private static func manifests(in run: ForgettableRun) throws -> [String] {
    let root = run.paths.path("work/manifests")
    guard Directory.isDirectory(root) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { FileSystem.isFile("\(root)/\($0)") }.map { "work/manifests/" + $0 }
  }

  private static func copy(_ name: String, from: String, to: String) throws {
    try AtomicFile.write(FileSystem.read("\(from)/\(name)"), to: "\(to)/\(name)")
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
    let dying = InProcessEngine { batch in
      if batch.stage != .extract { try await Self.make(batch, of: run) } else { throw Killed() }
    }
    await #expect(throws: Killed.self) { try await run.run(dying.executor()) }
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
