internal import Documents
internal import Hashing
internal import Pipelines
internal import Storage
internal import Training

/// The checkpoints and metrics of a training whose run is in a store: with each checkpoint they are there too, so
/// that they outlive the machine that trains.
///
/// Of a run in a directory there is nothing to do.
struct KeptTraining {
  private static let folders = [RunDirectory.checkpoints, RunDirectory.metrics]

  let run: RunContext

  /// Brings what is kept, unless this machine has gone as far in the same training.
  ///
  /// - Throws: `RunError` where the store's bytes are not those that were kept, and what the store throws.
  func bring() throws {
    let kept = try run.kept(of: .train)
    if try kept.isEmpty || isHere(kept) { return }
    try run.bringKept(in: Self.folders, of: .train)
  }

  /// Keeps what is here, what was set aside of earlier trainings included.
  func keep() throws {
    let folders = try Directory.names(in: run.directory.root).filter { name in
      Self.folders.contains { name.hasPrefix($0) }
        && Directory.isDirectory(run.directory.path(name))
    }
    try run.keep(folders, of: .train)
  }

  private func isHere(_ kept: [PartitionManifest.Output]) throws -> Bool {
    let key = EarlierTraining.keyFile
    let path = run.directory.path(key)
    guard FileSystem.isFile(path),
      try Digest(ofFile: path) == kept.first(where: { $0.path == key })?.digest
    else { return false }
    let here = try Checkpoint.all(in: run.directory.path(RunDirectory.checkpoints)).last?.step
    return kept.compactMap { step(of: $0.path) }.max() ?? 0 <= here ?? 0
  }

  /// The step of the checkpoint that a file is of.
  private func step(of path: String) -> Int? {
    let names = path.split(separator: "/")
    guard names.count == 3, names[0] == RunDirectory.checkpoints else { return nil }
    return Int(names[1].drop { !$0.isNumber })
  }
}
