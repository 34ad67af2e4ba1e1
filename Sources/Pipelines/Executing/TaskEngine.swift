public import Documents
internal import Foundation

/// Starts tasks on other machines and tells when they are through; Ray and Slurm are such engines.
///
/// It need not be right: what counts is what the tasks have committed.
public protocol TaskEngine: Sendable {
  /// How often the tasks of a stage are handed to the engine at most, those that committed nothing again.
  ///
  /// It is 1 for an engine that tries failed tasks again by itself.
  var rounds: Int { get }

  /// Runs tasks; returns when none is left that may still commit, or the engine has given up.
  ///
  /// - Parameter batch: The tasks of a stage.
  /// - Throws: ``RunError`` where the engine cannot be reached.
  func run(_ batch: TaskBatch) async throws

  /// Ends the tasks that are running, as well as that goes; they may be ended again.
  func cancel()

  /// The text of what would be handed to the engine.
  func text(of batch: TaskBatch) -> String
}

/// The tasks of a stage: `weft stage STAGE PIPELINE --partition I --of N` for each `I` of some.
public struct TaskBatch: Sendable {
  /// The stage.
  public var stage: StageName
  /// The remainders `I`, ascending.
  public var shares: [Int]
  /// The count `N`.
  public var count: Int
  /// The command and its arguments up to the share.
  public var command: [String]
  /// The directory that relative paths of the pipeline start from.
  public var workingDirectory: String
  /// The run directory.
  public var directory: RunDirectory
  /// Whether all partitions are there, so that no task is waited for any more.
  public var isComplete: @Sendable () -> Bool
  /// Leaves a line for the user.
  public var note: @Sendable (String) -> Void

  /// The tasks of a stage of as many partitions as there are tasks at most, to be shown.
  public static func whole(
    of stage: StageName, _ pipeline: PipelineConfiguration, pipeline path: String, program: String
  ) -> TaskBatch {
    let executor = pipeline.executor
    return TaskBatch(
      stage: stage, shares: Array(0..<executor.tasks), count: executor.tasks,
      command: command(
        stage, program: executor.command ?? program, pipeline: path, run: pipeline.output,
        executor),
      workingDirectory: FileManager.default.currentDirectoryPath,
      directory: RunDirectory(pipeline.output), isComplete: { false }, note: { _ in })
  }

  /// The command of a stage's tasks up to the share.
  static func command(
    _ stage: StageName, program: String, pipeline: String, run: String,
    _ executor: ExecutorConfiguration
  ) -> [String] {
    [
      program, "stage", stage.rawValue, pipeline, "--run", run, "--workers",
      String(executor.cpus),
    ]
  }

  /// The command of a share.
  public func command(of share: Int) -> [String] {
    command + ["--partition", String(share), "--of", String(count)]
  }
}
