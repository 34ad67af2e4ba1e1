internal import Documents
internal import Foundation
internal import Provenance
internal import Storage

/// Runs one stage: plans it, has the partitions made that are missing or out of date, and folds what they
/// recorded into the ledger.
struct StageRunner {
  let stage: any Stage
  let context: RunContext
  let ledger: Ledger
  let executor: any Executor
  let progress: any ProgressSink
  let interruption: Interruption

  /// Runs the stage to its end.
  func run() async throws -> StageSummary {
    let clock = ContinuousClock()
    let start = clock.now
    try context.mirror?.check()
    try context.mirror?.bring(stage.planReads(context))
    if stage.name.runsWhereTheDriverIs { try context.mirror?.bringAll(of: stage.name.sources) }
    let partitions = try stage.plan(context)
    let places = context.places(of: stage.name)
    try removeSurplus(of: partitions, places)
    let missing = partitions.filter { !places.isDone($0) }
    let work = missing.reduce(0) { $0 + $1.work }
    progress.begin(stage: stage.name, total: work, unit: stage.name.progressUnit)
    var reused = 0
    if !missing.isEmpty {
      reused = try await suitableExecutor.make(
        StageWork(
          stage: stage, context: context, partitions: partitions, missing: missing,
          progress: progress, interruption: interruption))
    }
    let manifests = try context.manifests(of: stage.name)
    try context.mirror?.bring(
      manifests.map { RunDirectory.ledgerPart($0.stage, $0.partition) })
    try RunMerge(directory: context.directory, ledger: ledger).merge(manifests)
    let summary = StageSummary(
      stage: stage.name, partitions: partitions.count, made: missing.count,
      seconds: (clock.now - start) / .seconds(1),
      counts: manifests.reduce(into: StageCounts()) { $0.add($1.counts) }, reused: reused)
    if summary.made > 0 { try note(summary) }
    progress.end(stage: stage.name, note: summary.note)
    return summary
  }

  private func note(_ summary: StageSummary) throws {
    let time = StageTime(
      stage: stage.name, made: summary.made, partitions: summary.partitions,
      seconds: summary.seconds, ended: Date.now.formatted(.iso8601))
    let path = context.directory.path(RunDirectory.time(stage.name))
    try AtomicFile.write(Array(JSONEncoder().encode(time)), to: path)
  }

  private var suitableExecutor: any Executor {
    stage.name.runsWhereTheDriverIs ? LocalExecutor() : executor
  }

  /// Removes partitions of an earlier run that this plan no longer has, or has as something else.
  private func removeSurplus(of partitions: [Partition], _ places: PartitionPlaces) throws {
    for manifest in try context.manifests(of: stage.name) {
      if partitions.indices.contains(manifest.partition),
        partitions[manifest.partition].isOf(manifest)
      {
        continue
      }
      _ = try places.withdraw(manifest.partition)
      for output in manifest.outputs {
        try FileSystem.remove(context.directory.path(output.path))
      }
      try ledger.remove(stage: stage.name, partition: manifest.partition)
    }
  }
}

extension Partition {
  /// Whether a manifest of an earlier run is of the same thing.
  fileprivate func isOf(_ manifest: PartitionManifest) -> Bool {
    guard let identifyingOutput else { return true }
    return manifest.outputs.contains { $0.path == identifyingOutput }
  }
}
