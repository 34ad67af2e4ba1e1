internal import Documents
internal import Foundation
internal import Storage

/// Makes a share of a stage's partitions for a driver, and commits each: the contract of docs/scale.md.
///
/// It may be killed at any time and begun again, on any machine that sees the run directory, and as often
/// as one likes at once. It changes nothing of the run directory but `work/attempts` and `work/commits`.
public struct StageWorker: Sendable {
  /// What became of the partitions of a share.
  public struct Outcome: Hashable, Sendable, Codable {
    /// Made and committed by this worker.
    public var made = 0
    /// There already.
    public var present = 0
    /// Made, and thrown away since another attempt was first.
    public var late = 0
  }

  private let stage: any Stage
  private let plan: StagePlan
  private let context: RunContext
  private let place: WorkerPlace
  private let interruption: Interruption

  /// Reads what a driver has planned.
  ///
  /// - Parameters:
  ///   - stage: The stage.
  ///   - configuration: The pipeline; its output is the run directory, or the address of its store.
  ///   - store: The store that the run is kept in; `nil` where it is a directory that this machine sees.
  ///   - scratch: An empty directory for what is read and made, where there is a store.
  ///   - patience: How long to wait for a plan that is not there yet: file systems of networks show a file
  ///     late on other machines.
  /// - Throws: ``RunError``: ``RunError/Code/superseded`` where nobody has planned the stage, or planned it
  ///   with another pipeline.
  public init(
    _ stage: any Stage, configuration: PipelineConfiguration, store: (any RunStore)? = nil,
    scratch: String? = nil, patience: Duration = .zero, interruption: Interruption = Interruption()
  ) throws {
    precondition((store == nil) == (scratch == nil), "a store comes with a scratch directory")
    let directory = RunDirectory(scratch ?? configuration.output)
    let place = store.map(WorkerPlace.store) ?? .directory
    plan = try place.plan(
      of: stage.name, for: configuration, in: directory, patience: patience, interruption)
    self.stage = stage
    self.place = place
    self.interruption = interruption
    context = try RunContext(
      configuration: configuration, directory: directory, plan: plan,
      base: try configuration.base.map { try BaseRun($0) }, interruption: interruption)
  }

  /// Makes those partitions whose number leaves a remainder when divided by a count.
  ///
  /// - Parameters:
  ///   - remainder: From 0 to `count - 1`.
  ///   - count: How many shares there are; as many as partitions gives each share one.
  ///   - workers: How many partitions are worked on at once.
  public func make(share remainder: Int, of count: Int, workers: Int = 1) async throws -> Outcome {
    precondition(count > 0 && (0..<count).contains(remainder), "a share is one of a count")
    let partitions = try stage.plan(context)
    let keys = partitions.map { $0.key.digest(stage: stage.name, partition: $0.index) }
    guard keys == plan.parts.map(\.key) else {
      throw RunError(
        .superseded,
        "this worker plans the stage '\(stage.name.rawValue)' otherwise than its driver did: their "
          + "inputs, files that the pipeline names, or versions of weft differ")
    }
    let share = partitions.filter { $0.index % count == remainder }
    let outcomes = try await share.concurrentMap(width: workers) { try make($0, keys[$0.index]) }
    return outcomes.reduce(into: Outcome()) {
      $0.made += $1.made
      $0.present += $1.present
      $0.late += $1.late
    }
  }

  private func make(_ partition: Partition, _ key: Digest) throws -> Outcome {
    try interruption.check()
    let places = context.places(of: stage.name)
    if try place.isMade(partition.index, key: key, of: places) { return Outcome(present: 1) }
    guard try place.isPlanned(stage.name, in: context.directory) else {
      throw StagePlan.unplanned(stage.name, context.configuration.output)
    }
    try place.bring(partition.reads, plan, in: context.directory)
    let attempt = PartitionCommit.newAttempt()
    let folder = RunDirectory.attempt(stage.name, partition.index, attempt)
    let outputs = RunDirectory(context.directory.path(folder))
    var isCommitted = false
    defer { if !isCommitted { try? Directory.remove(outputs.root) } }
    let messages = GatheredWarnings()
    let result = try PartitionMaking(
      stage: stage.name, context: context, outputs: outputs, progress: messages,
      interruption: interruption
    ).make(partition)
    // What was taken over meanwhile would otherwise be committed once more, for nobody.
    if try place.isMade(partition.index, key: key, of: places) { return Outcome(late: 1) }
    let commit = PartitionCommit(
      attempt: attempt, forgettings: plan.forgettings, manifest: result.manifest,
      reused: result.reused, warnings: messages.all)
    isCommitted = try place.commit(commit, in: context.directory)
    return isCommitted ? Outcome(made: 1) : Outcome(late: 1)
  }
}
