internal import Documents
internal import Hashing
internal import Storage

/// Takes over what workers of a stage have committed: only the driver says which outputs are the run's.
///
/// A commit of an older key, or one that comes after its partition was taken over, is thrown away.
final class CommitAdoption {
  private let places: PartitionPlaces
  private let progress: any ProgressSink
  private let forgettings: Int
  private let keys: [Digest]
  private let work: [Int: Int64]
  /// The partitions that are still to come.
  private(set) var missing: Set<Int>
  /// How many things the workers took over from an earlier run.
  private(set) var reused = 0

  init(_ work: StageWork, plan: StagePlan) {
    places = work.places
    progress = work.progress
    forgettings = plan.forgettings
    keys = plan.parts.map(\.key)
    missing = Set(work.missing.map(\.index))
    self.work = Dictionary(uniqueKeysWithValues: work.missing.map { ($0.index, $0.work) })
  }

  private var directory: RunDirectory { places.directory }

  /// Takes over all that is there.
  func takeOver() throws {
    if let mirror = places.mirror { return try takeOver(from: mirror) }
    for path in try PartitionCommit.waiting(of: places.stage, in: directory) {
      guard let commit = try? PartitionCommit.read(path), isWanted(commit) else {
        try FileSystem.remove(path)
        continue
      }
      if try placeOutputs(of: commit) { note(commit) }
      try FileSystem.remove(path)
      // An attempt that goes on may add to it; it is then litter until the stage is made again.
      try? Directory.remove(directory.path(commit.folder))
    }
  }

  private func takeOver(from mirror: RunMirror) throws {
    let found = try mirror.commits(of: places.stage)
    let wanted = found.compactMap { name, commit in
      commit.flatMap { $0.name == name && isWanted($0) ? $0 : nil }
    }
    try Transfers.each(wanted) { try mirror.adopt($0) }
    wanted.forEach(note)
    try Transfers.each(found.map(\.name)) { try mirror.discard(commit: $0) }
  }

  /// Tells workers that nothing of the stage is to be made any more.
  func withdrawPlan() throws {
    try FileSystem.remove(directory.path(RunDirectory.plan(places.stage)))
    try places.mirror?.withdrawPlan(of: places.stage)
  }

  /// Removes what is left of attempts, once the stage is done.
  ///
  /// An attempt that is still being made somewhere fails, or commits late and is thrown away by the next
  /// driver.
  func removeLeftovers() throws {
    try withdrawPlan()
    guard let mirror = places.mirror else {
      try? Directory.remove(directory.path(RunDirectory.attempts(places.stage)))
      try? Directory.remove(directory.path(RunDirectory.commits(places.stage)))
      return
    }
    try mirror.removeUnused(of: places.stage)
  }

  private func isWanted(_ commit: PartitionCommit) -> Bool {
    let partition = commit.manifest.partition
    return missing.contains(partition) && commit.manifest.stage == places.stage
      && commit.manifest.key == keys[partition] && commit.forgettings == forgettings
  }

  private func note(_ commit: PartitionCommit) {
    reused += commit.reused
    missing.remove(commit.manifest.partition)
    for warning in commit.warnings { progress.warn(warning) }
    progress.advance(stage: places.stage, by: work[commit.manifest.partition] ?? 0)
  }

  /// Gives the outputs of an attempt their names and writes the manifest.
  ///
  /// A driver that is killed on the way leaves the commit, by which the next one goes on: outputs that have
  /// their names already are known by their digests.
  ///
  /// - Returns: Whether the partition is done; `false` where outputs of the attempt are missing.
  private func placeOutputs(of commit: PartitionCommit) throws -> Bool {
    let attempt = RunDirectory(directory.path(commit.folder))
    let outputs = commit.manifest.outputs
    guard outputs.allSatisfy({ isThere($0, in: attempt) }) else { return false }
    let earlier = try places.withdraw(commit.manifest.partition)
    var folders: Set<String> = []
    for output in outputs where FileSystem.isFile(attempt.path(output.path)) {
      let path = directory.path(output.path)
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      try Directory.make(folder)
      try FileSystem.rename(attempt.path(output.path), to: path)
      folders.insert(folder)
    }
    for folder in folders { try Directory.sync(folder) }
    try places.finish(commit.manifest, after: earlier)
    return true
  }

  private func isThere(_ output: PartitionManifest.Output, in attempt: RunDirectory) -> Bool {
    if let size = FileSystem.size(attempt.path(output.path)) { return size == output.bytes }
    let path = directory.path(output.path)
    guard FileSystem.size(path) == output.bytes else { return false }
    return (try? Digest(ofFile: path)) == output.digest
  }
}
