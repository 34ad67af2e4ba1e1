import Documents
import Foundation
import Hashing
import Storage
import TestSupport

@testable import Pipelines

/// Runs tasks in this process, as a test says.
final class InProcessEngine: TaskEngine {
  let rounds: Int
  private let body: @Sendable (TaskBatch) async throws -> Void

  /// - Parameter body: Runs the tasks of a stage.
  init(rounds: Int = 1, _ body: @escaping @Sendable (TaskBatch) async throws -> Void) {
    self.rounds = rounds
    self.body = body
  }

  func run(_ batch: TaskBatch) async throws { try await body(batch) }
  func cancel() {}
  func text(of batch: TaskBatch) -> String { "" }

  /// An executor over the engine.
  func executor(tasks: Int = 1000) -> TaskExecutor {
    var configuration = ExecutorConfiguration()
    configuration.tasks = tasks
    return TaskExecutor(self, configuration: configuration, pipeline: "p.yaml", program: "weft")
  }
}

extension ForgettableRun {
  /// A worker of a stage of the run.
  func worker(
    _ stage: StageName, in directory: String? = nil, of stages: [any Stage]? = nil
  ) throws -> StageWorker {
    var configuration = configuration
    if let directory { configuration.output = directory }
    guard let found = (stages ?? self.stages).first(where: { $0.name == stage }) else {
      preconditionFailure("the run has the stage")
    }
    return try StageWorker(found, configuration: configuration)
  }

  /// Runs all stages with an executor.
  func run(_ executor: any Executor) async throws -> RunSummary {
    try await Run(configuration, stages: stages).execute(through: .catalog, executor: executor)
  }

  /// The digests of a run's files, but for those that name its archive, for plans and for times.
  func portableFiles() throws -> [String: Digest] { try Self.portable(configuration.output) }

  /// The digests of the files of a run directory, but for those that name its archive, for plans and for times.
  static func portable(_ root: String) throws -> [String: Digest] {
    let own = [
      RunDirectory.description, "work/ledger/read/", "work/manifests/read/", "work/plans/",
      "work/times/",
    ]
    return try files(root).filter { file in !own.contains { file.key.hasPrefix($0) } }
  }

  /// The rows of a run's ledger, but for those that name its files' places.
  func portableRows() throws -> [String] {
    try Self.rows(configuration.output).filter { !$0.contains(place.path) }
  }

  /// Runs tasks by workers that have nothing of the run directory but what their stage and partition name.
  func confined(
    stages: [any Stage]? = nil
  ) -> InProcessEngine {
    InProcessEngine { batch in
      let plan = try StagePlan.read(batch.stage, in: batch.directory)
      for share in batch.shares {
        let scratch = place.file("scratch-\(batch.stage.rawValue)-\(share)")
        for name in try manifests() + plan.reads + plan.parts[share].reads + [
          RunDirectory.description, RunDirectory.plan(batch.stage),
        ] { try Self.copy(name, from: configuration.output, to: scratch) }
        _ = try await worker(batch.stage, in: scratch, of: stages)
          .make(share: share, of: batch.count)
        for folder in [RunDirectory.attempts(batch.stage), RunDirectory.commits(batch.stage)] {
          for name in try FileManager.default.subpathsOfDirectory(atPath: scratch + "/" + folder)
          where FileSystem.isFile("\(scratch)/\(folder)/\(name)") {
            try Self.copy("\(folder)/\(name)", from: scratch, to: configuration.output)
          }
        }
      }
    }
  }

  private func manifests() throws -> [String] {
    let root = paths.path("work/manifests")
    guard Directory.isDirectory(root) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { FileSystem.isFile("\(root)/\($0)") }.map { "work/manifests/" + $0 }
  }

  private static func copy(_ name: String, from: String, to: String) throws {
    try AtomicFile.write(FileSystem.read("\(from)/\(name)"), to: "\(to)/\(name)")
  }
}
