internal import Documents

/// The making of partitions of one stage, wherever that happens.
struct PartitionMaking: Sendable {
  /// What was made of a partition.
  struct Result {
    /// What it made, to be written once the outputs are in their places.
    var manifest: PartitionManifest
    /// How many things it took over from an earlier run.
    var reused: Int
  }

  let stage: StageName
  let context: RunContext
  /// Where outputs are written: the run directory, or that of an attempt.
  let outputs: RunDirectory
  let progress: any ProgressSink
  let interruption: Interruption

  /// Makes the outputs of a partition.
  func make(_ partition: Partition) throws -> Result {
    let key = partition.key.digest(stage: stage, partition: partition.index)
    let writer = try PartitionWriter(
      directory: context.directory, outputs: outputs, stage: stage, partition: partition.index,
      key: key, progress: progress, interruption: interruption)
    let counts = try partition.body(writer)
    if let unit = counts.firstUnbalanced {
      // Nothing may be lost silently (invariant 2), so a stage that cannot account for what it was
      // given must not look as if it had worked.
      fatalError("stage \(stage.rawValue) lost count of its \(unit)s")
    }
    let files = try writer.finish(counts)
    return Result(
      manifest: PartitionManifest(
        stage: stage, partition: partition.index, key: key, outputs: files, counts: counts),
      reused: writer.reused)
  }
}
