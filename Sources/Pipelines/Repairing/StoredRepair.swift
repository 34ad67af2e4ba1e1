public import Documents
internal import Storage

/// Makes again what is damaged or missing of a run that is kept in a store.
///
/// All of the run is brought here first, since all of it is compared with its digests. What is made again is
/// published partition by partition, so that after a kill the same command goes on.
public struct StoredRepair: Sendable {
  private let storage: RunStorage
  private let stages: [any Stage]

  /// Names a run; nothing is read yet.
  ///
  /// - Parameter stages: The stages that this build of weft has, in the order of `StageName`.
  public init(_ storage: RunStorage, stages: [any Stage]) {
    self.storage = storage
    self.stages = stages
  }

  /// The pipeline of a run, and the last of its stages of which something is done.
  ///
  /// - Throws: ``RunError`` where there is no run, and what the store throws.
  public static func begun(
    _ storage: RunStorage
  ) throws -> (pipeline: PipelineConfiguration, last: StageName) {
    let (store, directory) = (storage.store, RunDirectory(storage.mirror))
    if let bytes = try store.read(RunDirectory.description) {
      try AtomicFile.write(bytes, to: directory.path(RunDirectory.description))
    }
    let names = try store.names(beginning: "work/manifests/")
    let last = StageName.allCases.last { stage in
      names.contains { $0.hasPrefix("work/manifests/\(stage.rawValue)/") }
    }
    return (try RunFile.read(directory).pipeline, last ?? .read)
  }

  /// Repairs the run.
  ///
  /// - Throws: As ``RunRepair/perform(progress:interruption:step:)``, and what the store throws.
  public func perform(
    interruption: Interruption = Interruption()
  ) async throws -> RepairReport {
    let directory = RunDirectory(storage.mirror)
    try Directory.make(directory.root)
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    let mirror = try RunMirror(
      storage.store, directory: directory, takingOver: storage.takesOver)
    defer { mirror.giveUp() }
    let before = Set(try mirror.manifests())
    let damaged = try mirror.bringWhole()
    let report = try await RunRepair(directory.root, stages: stages)
      .performLocked(interruption: interruption)
    for manifest in try mirror.manifests()
    where !before.contains(manifest)
      || manifest.outputs.contains(where: { damaged.contains($0.path) })
    { try mirror.publish(manifest) }
    for stage in Set(report.partitions.keys).compactMap(StageName.init) {
      try mirror.removeUnused(of: stage)
    }
    try mirror.end()
    return report
  }
}

extension RunMirror {
  /// Brings all outputs of the run that are whole in the store.
  ///
  /// - Returns: The names of those that are damaged or missing there, which are not here then.
  fileprivate func bringWhole() throws -> Set<String> {
    var damaged: Set<String> = []
    for output in try manifests().flatMap(\.outputs) {
      do { try bring([output.path]) } catch {
        guard try isLost(output, error) else { throw error }
        try FileSystem.remove(directory.path(output.path))
        damaged.insert(output.path)
      }
    }
    return damaged
  }

  /// Whether an output cannot be brought since it is not there as it was made.
  private func isLost(_ output: PartitionManifest.Output, _ error: any Error) throws -> Bool {
    if (error as? RunError)?.code == .damaged { return true }
    let object = objects(of: [output.path])[output.path]?.name
    return try object.map { try !store.names(beginning: $0).contains($0) } ?? true
  }
}
