/// Where the partitions of a stage are made: in this process, or by workers that an engine starts.
///
/// The bytes of a run never depend on it.
public protocol Executor: Sendable {
  /// Makes the missing partitions of a stage and writes their manifests.
  ///
  /// - Returns: How many things they took over from an earlier run.
  /// - Throws: `CancellationError` where the run is asked to stop; what is done then stays done.
  func make(_ work: StageWork) async throws -> Int
}

/// The partitions of a stage that are to be made.
public struct StageWork: Sendable {
  let stage: any Stage
  let context: RunContext
  /// All partitions of the stage.
  let partitions: [Partition]
  /// Those that are not there.
  let missing: [Partition]
  let progress: any ProgressSink
  let interruption: Interruption

  /// Where its partitions are in the run directory.
  var places: PartitionPlaces { context.places(of: stage.name) }
}
