internal import Documents
internal import Foundation
internal import Provenance
internal import Storage

/// Runs one stage: plans it, makes the partitions that are missing or out of date, and folds what they
/// recorded into the ledger.
struct StageRunner {
  let stage: any Stage
  let context: RunContext
  let ledger: Ledger
  let progress: any ProgressSink
  let interruption: Interruption

  /// Runs the stage to its end.
  func run() async throws -> StageSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let partitions = try stage.plan(context)
    try removeSurplus(beyond: partitions.count)
    let missing = partitions.filter { !isDone($0) }
    let work = missing.reduce(0) { $0 + $1.work }
    progress.begin(stage: stage.name, total: work, unit: stage.name.progressUnit)
    let reused = try await make(missing)
    let manifests = try context.manifests(of: stage.name)
    try merge(manifests)
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

  /// Makes partitions; gives how many things they reused.
  func make(_ partitions: [Partition]) async throws -> Int {
    let configured = context.configuration.workers
    let workers = stage.name.isSequential ? 1 : configured > 0 ? configured : Cores.count
    var waiting = partitions.makeIterator()
    return try await withThrowingTaskGroup(of: Int.self) { group in
      var reused = 0
      func addNext() {
        guard let partition = waiting.next() else { return }
        group.addTask { try make(partition) }
      }
      for _ in 0..<workers { addNext() }
      while let count = try await group.next() {
        reused += count
        addNext()
      }
      return reused
    }
  }

  private func make(_ partition: Partition) throws -> Int {
    try interruption.check()
    let earlier = try withdraw(partition.index)
    let writer = try PartitionWriter(
      directory: context.directory, stage: stage.name, partition: partition.index,
      key: digest(of: partition), progress: progress, interruption: interruption)
    let counts = try partition.body(writer)
    if let unit = counts.firstUnbalanced {
      // Nothing may be lost silently (invariant 2), so a stage that cannot account for what it was
      // given must not look as if it had worked.
      fatalError("stage \(stage.name.rawValue) lost count of its \(unit)s")
    }
    let outputs = try writer.finish(counts)
    let manifest = PartitionManifest(
      stage: stage.name, partition: partition.index, key: digest(of: partition), outputs: outputs,
      counts: counts)
    try manifest.write(to: manifestPath(partition.index))
    try removeOutputs(of: earlier, butFor: outputs)
    return writer.reused
  }

  /// Withdraws the manifest of an earlier run before its outputs are overwritten.
  ///
  /// A crash in between must not leave an old manifest beside new outputs.
  private func withdraw(_ partition: Int) throws -> PartitionManifest? {
    let path = manifestPath(partition)
    guard FileSystem.isFile(path) else { return nil }
    let manifest = try? PartitionManifest.read(path)
    try FileSystem.remove(path)
    return manifest
  }

  private func removeOutputs(
    of earlier: PartitionManifest?, butFor outputs: [PartitionManifest.Output]
  ) throws {
    let kept = Set(outputs.map(\.path))
    for output in earlier?.outputs ?? [] where !kept.contains(output.path) {
      try FileSystem.remove(context.directory.path(output.path))
    }
  }

  private func isDone(_ partition: Partition) -> Bool {
    let path = manifestPath(partition.index)
    guard FileSystem.isFile(path), let manifest = try? PartitionManifest.read(path) else {
      return false
    }
    return manifest.key == digest(of: partition)
      && manifest.outputs.allSatisfy {
        FileSystem.size(context.directory.path($0.path)) == $0.bytes
      }
  }

  /// Removes partitions of an earlier run that this plan no longer has.
  private func removeSurplus(beyond count: Int) throws {
    for manifest in try context.manifests(of: stage.name) where manifest.partition >= count {
      try FileSystem.remove(manifestPath(manifest.partition))
      for output in manifest.outputs {
        try FileSystem.remove(context.directory.path(output.path))
      }
      try ledger.remove(stage: stage.name, partition: manifest.partition)
    }
  }

  /// Merges the rows of partitions that are not merged yet.
  func merge(_ manifests: [PartitionManifest]) throws {
    for manifest in manifests {
      let part = RunDirectory.ledgerPart(stage.name, manifest.partition)
      guard let output = manifest.outputs.first(where: { $0.path == part }) else {
        throw RunError(.damaged, "the manifest of \(part) does not name it")
      }
      try ledger.merge(
        stage: stage.name, partition: manifest.partition,
        part: context.directory.path(part), digest: output.current)
    }
  }

  /// The key of a partition under this version of weft.
  func digest(of partition: Partition) -> Digest {
    partition.key.digest(stage: stage.name, partition: partition.index)
  }

  private func manifestPath(_ partition: Int) -> String {
    context.directory.path(RunDirectory.manifest(stage.name, partition))
  }
}
