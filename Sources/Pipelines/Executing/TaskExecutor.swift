internal import Documents
internal import Foundation
internal import Storage
internal import Synchronization

/// Has partitions made by tasks of an engine, and takes over what they commit.
public struct TaskExecutor: Executor {
  private let engine: any TaskEngine
  private let configuration: ExecutorConfiguration
  private let pipeline: String
  private let program: String

  /// Makes the executor.
  ///
  /// - Parameters:
  ///   - engine: What starts the tasks.
  ///   - configuration: How the work is divided.
  ///   - pipeline: The path of the pipeline file, which tasks read again.
  ///   - program: The path of weft where the tasks run, unless the pipeline names one.
  public init(
    _ engine: any TaskEngine, configuration: ExecutorConfiguration, pipeline: String,
    program: String
  ) {
    self.engine = engine
    self.configuration = configuration
    self.pipeline = pipeline
    self.program = configuration.command ?? program
  }

  /// Makes the missing partitions of a stage.
  public func make(_ work: StageWork) async throws -> Int {
    let directory = work.context.directory
    let plan = try StagePlan(work)
    let adoption = CommitAdoption(work, plan: plan)
    // What workers of an earlier driver have made is taken over where it is still wanted.
    try adoption.takeOver()
    try plan.write(in: directory)
    do {
      try work.context.mirror?.publish(plan)
      try await makeMissing(of: work, adoption)
    } catch {
      // Workers that come late would go on for nobody. Where it stays, the next driver removes it.
      try? adoption.withdrawPlan()
      throw error
    }
    try adoption.removeLeftovers()
    return adoption.reused
  }

  private func makeMissing(of work: StageWork, _ adoption: CommitAdoption) async throws {
    var round = 0
    while !adoption.missing.isEmpty && round < engine.rounds {
      try work.interruption.check()
      try await run(batch(of: adoption.missing, work), adoption, work.interruption)
      round += 1
    }
    guard adoption.missing.isEmpty else { throw incomplete(work, adoption.missing) }
  }

  /// The tasks that make some partitions.
  func batch(of missing: Set<Int>, _ work: StageWork) -> TaskBatch {
    let count = min(work.partitions.count, configuration.tasks)
    let (stage, progress) = (work.stage.name, work.progress)
    return TaskBatch(
      stage: stage, shares: Set(missing.map { $0 % count }).sorted(), count: count,
      command: TaskBatch.command(
        stage, program: program, pipeline: pipeline, run: work.context.configuration.output,
        configuration),
      workingDirectory: FileManager.default.currentDirectoryPath,
      directory: work.context.directory, isComplete: { false },
      note: { progress.note(stage: stage, $0) })
  }

  /// Runs tasks to their end and takes over what they commit meanwhile.
  private func run(
    _ batch: TaskBatch, _ adoption: CommitAdoption, _ interruption: Interruption
  ) async throws {
    let engine = engine
    let (isOver, isComplete) = (Flag(), Flag())
    var batch = batch
    batch.isComplete = { isComplete.isRaised }
    let running = Task { [batch] in
      defer { isOver.raise() }
      try await engine.run(batch)
    }
    do {
      while !isOver.isRaised {
        try adoption.takeOver()
        if adoption.missing.isEmpty { isComplete.raise() }
        if interruption.isRaised { engine.cancel() }
        try await Task.sleep(for: Self.pause)
      }
      try adoption.takeOver()
    } catch {
      engine.cancel()
      _ = await running.result
      throw error
    }
    try interruption.check()
    if !adoption.missing.isEmpty { try await running.value }
  }

  /// How often what is committed is looked for: seldom beside what a partition takes, and no wait that a
  /// small run would feel.
  private static let pause = Duration.milliseconds(50)

  private func incomplete(_ work: StageWork, _ missing: Set<Int>) -> RunError {
    let names = missing.sorted().prefix(5).map(String.init).joined(separator: ", ")
    return RunError(
      .engine,
      "\(missing.count) of \(work.missing.count) parts of the stage '\(work.stage.name.rawValue)' were "
        + "not made (\(names)\(missing.count > 5 ? ", …" : "")); the lines above say why. The same "
        + "command goes on with them")
  }
}

/// Whether something has happened.
private final class Flag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isRaised: Bool { raised.load(ordering: .acquiring) }
  func raise() { raised.store(true, ordering: .releasing) }
}
