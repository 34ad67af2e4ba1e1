internal import Documents
internal import Hashing
internal import Provenance
internal import Storage

/// Makes those partitions of a stage again whose files or manifest are damaged or missing, and no others.
///
/// The old manifest is kept under `work/repair` until the partition is whole: it tells, also after a kill,
/// which bytes the files had.
struct StageRepair {
  let runner: StageRunner
  let recorded: RecordedOutputs
  /// Whether what the stage reads came out otherwise than it was, so that its keys may not hold.
  let isUpstreamChanged: Bool

  private var stage: StageName { runner.stage.name }
  private var directory: RunDirectory { runner.context.directory }

  /// A partition to make again.
  private struct Damage {
    var partition: Partition
    /// Its manifest, where there is one that can be believed.
    var manifest: PartitionManifest?
    /// What is wrong, by path.
    var faults: [(path: String, fault: String)]
    /// Whether all there is to do is to write the manifest.
    var isOfKey = false
  }

  /// Where the manifest of a partition waits that is being made again.
  static func backup(_ stage: StageName, _ partition: Int) -> String {
    RunDirectory.manifest(stage, partition)
      .replacing("work/manifests/", with: "work/repair/manifests/")
  }

  /// Repairs the stage and merges its rows.
  ///
  /// - Returns: How many partitions were made, and what became of their files.
  func perform() async throws -> (made: Int, files: [RepairReport.File]) {
    let partitions = try runner.stage.plan(runner.context)
    let damages = try partitions.compactMap(damage)
    try refuseOthers(damages)
    for damage in damages { try prepare(damage) }
    if !damages.isEmpty {
      // The first plan may hold on to what damaged files have.
      let planned = try runner.stage.plan(runner.context)
      let indices = Set(damages.map(\.partition.index))
      _ = try await runner.executor.make(
        StageWork(
          stage: runner.stage, context: runner.context, partitions: planned,
          missing: planned.filter { indices.contains($0.index) }, progress: runner.progress,
          interruption: runner.interruption))
    }
    let files = try damages.flatMap(settle)
    try RunMerge(directory: directory, ledger: runner.ledger)
      .merge(runner.context.manifests(of: stage))
    return (damages.count, files + (try correctCounts()))
  }

  /// What is wrong with a partition; `nil` where nothing is.
  private func damage(_ partition: Partition) throws -> Damage? {
    let path = RunDirectory.manifest(stage, partition.index)
    let backup = directory.path(Self.backup(stage, partition.index))
    if FileSystem.isFile(backup) {
      let manifest = try? PartitionManifest.read(backup)
      var faults = [(path: path, fault: "its repair was interrupted")]
      for output in manifest?.outputs ?? [] {
        if let fault = try fault(of: output) { faults.append((output.path, fault)) }
      }
      return Damage(partition: partition, manifest: manifest, faults: faults)
    }
    guard FileSystem.isFile(directory.path(path)) else {
      return Damage(partition: partition, faults: [(path, "the manifest is missing")])
    }
    guard let found = PartitionManifest.sound(directory.path(path)), found.stage == stage,
      found.partition == partition.index
    else { return Damage(partition: partition, faults: [(path, "the manifest is damaged")]) }
    let manifest = recorded.corrected(found)
    var faults = manifest == found ? [] : [(path, "the manifest states other digests")]
    for output in manifest.outputs {
      if let fault = try fault(of: output) { faults.append((output.path, fault)) }
    }
    let holds =
      manifest.key == partition.key.digest(stage: stage, partition: partition.index)
    if !holds { faults.append((path, "its key does not hold")) }
    if faults.isEmpty { return nil }
    return Damage(
      partition: partition, manifest: manifest, faults: faults,
      isOfKey: !holds && faults.count == 1)
  }

  private func fault(of output: PartitionManifest.Output) throws -> String? {
    let path = directory.path(output.path)
    guard let size = FileSystem.size(path) else { return "the file is missing" }
    if size != output.bytes { return "it has \(size) bytes where \(output.bytes) were recorded" }
    do throws(StorageError) {
      return try Digest(ofFile: path) == output.current
        ? nil : "its SHA-256 is not the one recorded"
    } catch { return "\(error)" }
  }

  /// A key that does not hold in one place is damage; in more it is another pipeline, input or version.
  private func refuseOthers(_ damages: [Damage]) throws {
    let ofKeys = damages.filter(\.isOfKey)
    let crawled = runner.context.crawlCount
    if stage == .read, let damage = ofKeys.first(where: { $0.partition.index >= crawled }) {
      throw RunError(
        .input,
        "'\(runner.context.inputs[damage.partition.index].path)' is not as it was fetched, and the network "
          + "may not give it again; bring it back as it was")
    }
    guard ofKeys.count > 1, !isUpstreamChanged else { return }
    throw RunError(
      .input,
      "stage '\(stage.rawValue)' was made of other inputs or under another pipeline; nothing of it was "
        + "repaired. Bring back what it reads as it was, or make it again by `weft run`")
  }

  private func prepare(_ damage: Damage) throws {
    let path = directory.path(RunDirectory.manifest(stage, damage.partition.index))
    if let manifest = damage.manifest {
      let backup = Self.backup(stage, damage.partition.index)
      try Directory.make(directory.path("work/repair/manifests/\(stage.rawValue)"))
      try manifest.write(to: directory.path(backup))
    }
    try removeDamaged(damage)
    // A manifest that is not to be believed must not name what is removed, either.
    if FileSystem.isFile(path) { try FileSystem.remove(path) }
    guard stage == .train else { return }
    // Training goes on from the checkpoint before one that is damaged.
    for (file, _) in damage.faults where file.hasPrefix(RunDirectory.checkpoints + "/") {
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      try Directory.remove(directory.path(folder))
    }
  }

  /// Takes damaged features away: the stage encode takes over what such a file holds.
  private func removeDamaged(_ damage: Damage) throws {
    let features = RunDirectory.features(damage.partition.index)
    let path = directory.path(features)
    guard stage == .encode, FileSystem.isFile(path) else { return }
    let known = damage.manifest?.outputs.first { $0.path == features }?.current
    if try Digest(ofFile: path) != (known ?? recorded.digest(of: features)) {
      try FileSystem.remove(path)
    }
  }

  /// Compares what was made with what was recorded, and writes the manifest that it should have.
  private func settle(_ damage: Damage) throws -> [RepairReport.File] {
    let name = RunDirectory.manifest(stage, damage.partition.index)
    let path = directory.path(name)
    let made = try PartitionManifest.read(path)
    let files = made.outputs.compactMap { file($0, damage) }
    if let old = damage.manifest, old.key == made.key, old.counts == made.counts,
      old.outputs.map(\.path) == made.outputs.map(\.path),
      old.outputs.map(\.bytes) == made.outputs.map(\.bytes),
      old.outputs.map(\.current) == made.outputs.map(\.digest)
    {
      try old.write(to: path)
    } else {
      try amended(made, damage.manifest).write(to: path)
    }
    let isSame = files.allSatisfy { $0.outcome != .different }
    let ofManifest = damage.faults.filter { $0.path == name }.map {
      RepairReport.File(
        path: name, fault: $0.fault, outcome: isSame ? .identical : .different)
    }
    let backup = directory.path(Self.backup(stage, damage.partition.index))
    if FileSystem.isFile(backup) { try FileSystem.remove(backup) }
    return ofManifest + files
  }

  private func file(_ made: PartitionManifest.Output, _ damage: Damage) -> RepairReport.File? {
    let known = damage.manifest?.outputs.first { $0.path == made.path }?.current
    // A manifest whose digest is the damage is set right by the ledger.
    let candidates = [known, recorded.digest(of: made.path)].compactMap(\.self)
    let outcome: RepairReport.Outcome =
      candidates.isEmpty
      ? .unrecorded : candidates.contains(made.digest) ? .identical : .different
    let fault = damage.faults.first { $0.path == made.path }?.fault
    if fault == nil && outcome != .different { return nil }
    return RepairReport.File(
      path: made.path, fault: fault ?? "it was made again with what is beside it",
      outcome: outcome, recorded: candidates.first, made: made.digest)
  }

  /// The manifest of files of which something was forgotten: later keys are made of those before.
  private func amended(
    _ made: PartitionManifest, _ old: PartitionManifest?
  ) -> PartitionManifest {
    var amended = made
    for index in amended.outputs.indices {
      let output = amended.outputs[index]
      let before = old?.outputs.first { $0.path == output.path }
      let original =
        before?.amended != nil ? before?.digest : recorded.original(output.path, of: stage)
      amended.outputs[index].removed = before?.removed
      guard let original, original != output.digest else { continue }
      amended.outputs[index].digest = original
      amended.outputs[index].amended = output.digest
      amended.outputs[index].originalBytes = before?.originalBytes
    }
    return amended
  }

  /// Manifests that count otherwise than the rows of their part, which were digested.
  private func correctCounts() throws -> [RepairReport.File] {
    try runner.context.manifests(of: stage).compactMap { manifest in
      let counts = try runner.ledger.counts(of: stage, manifest.partition)
      if counts == manifest.counts { return nil }
      var corrected = manifest
      corrected.counts = counts
      let path = RunDirectory.manifest(stage, manifest.partition)
      try corrected.write(to: directory.path(path))
      return RepairReport.File(
        path: path, fault: "it counts otherwise than its part of the ledger", outcome: .identical)
    }
  }
}
