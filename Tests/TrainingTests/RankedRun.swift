import Foundation
import Kosmos
import Tensors
import TestSupport
import Training

/// A training by several trainers, each on a thread of its own with connections of its own, as processes
/// have; by one alone where there is one rank.
struct RankedRun: Sendable {
  /// What came of the training in one of them.
  struct Part: Sendable {
    var outcome: TrainingOutcome
    var steps: [StepMetrics] = []
    var validations: [ValidationMetrics] = []
  }

  var configuration: TrainingConfiguration
  var model: KosmosConfiguration
  var inputs: TrainingInputs
  /// What goes when nobody needs it.
  private let directory: TemporaryDirectory
  /// What a rank is started with, where that differs.
  var change: @Sendable (_ rank: Int, inout TrainingConfiguration) -> Void = { _, _ in }
  /// Whether a rank was asked to stop, once it has made so many steps.
  var shouldStop: @Sendable (_ rank: Int, _ steps: Int) -> Bool = { _, _ in false }
  /// Called in rank 0 after each step.
  var report: @Sendable (StepMetrics) throws -> Void = { _ in }

  init(_ run: TinyRun, _ configuration: TrainingConfiguration) {
    self.configuration = configuration
    model = run.model
    inputs = run.inputs
    directory = run.directory
  }

  /// Trains, and tells what came of it in each rank.
  func train(ranks: Int) async -> [Result<Part, any Error>] {
    let port = freePort()
    return await withTaskGroup(of: (Int, Result<Part, any Error>).self) { tasks in
      for rank in 0..<ranks {
        let environment = RankEnvironment(
          rank: rank, size: ranks, localSize: ranks, address: "127.0.0.1", port: port, patience: 20)
        tasks.addTask {
          do {
            let part = try await onThread { try train(ranks == 1 ? nil : environment) }
            return (rank, .success(part))
          } catch { return (rank, .failure(error)) }
        }
      }
      var results: [Int: Result<Part, any Error>] = [:]
      for await (rank, result) in tasks { results[rank] = result }
      return (0..<ranks).compactMap { results[$0] }
    }
  }

  private func train(_ environment: RankEnvironment?) throws -> Part {
    setThreads(1)
    let membership = try environment.map { try RankMembership($0) }
    do {
      let part = try train(with: membership)
      membership?.leave(nil)
      return part
    } catch {
      membership?.leave(error)
      throw error
    }
  }

  private func train(with membership: RankMembership?) throws -> Part {
    let rank = membership?.environment.rank ?? 0
    var configuration = configuration
    change(rank, &configuration)
    let trainer = try Trainer(
      configuration, model: model, inputs: inputs, ranks: membership,
      now: { Date().timeIntervalSince1970 })
    var steps: [StepMetrics] = []
    var validations: [ValidationMetrics] = []
    let outcome = try trainer.run(shouldStop: { shouldStop(rank, trainer.finishedSteps) }) {
      event in
      switch event {
      case .stepped(let metrics, _):
        steps.append(metrics)
        try report(metrics)
      case .validated(let metrics): validations.append(metrics)
      case .began, .saved: break
      }
    }
    return Part(outcome: outcome, steps: steps, validations: validations)
  }
}
