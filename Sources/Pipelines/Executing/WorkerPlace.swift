internal import Documents
internal import Foundation
internal import Storage

/// Where a worker reads a run from and commits to.
enum WorkerPlace: Sendable {
  /// The run directory, which all machines see.
  case directory
  /// A store; the worker has a scratch directory with what it reads of the run.
  case store(any RunStore)
}

extension WorkerPlace {
  /// How often a plan is looked for that is not there yet.
  private static let pause = Duration.milliseconds(200)

  /// Brings what is needed to plan a stage, and gives its plan.
  ///
  /// - Throws: ``RunError`` ``RunError/Code/superseded`` where there is none, or one of another pipeline, for
  ///   as long as there is patience.
  func plan(
    of stage: StageName, for configuration: PipelineConfiguration, in directory: RunDirectory,
    patience: Duration, _ interruption: Interruption
  ) throws -> StagePlan {
    let deadline = ContinuousClock.now + patience
    while true {
      do {
        try requirePipeline(configuration, in: directory)
        return try plan(of: stage, in: directory)
      } catch let error as RunError where error.code == .superseded {
        if ContinuousClock.now >= deadline { throw error }
      }
      try interruption.check()
      Thread.sleep(forTimeInterval: Self.pause / .seconds(1))
    }
  }

  /// Checks that the run is of a pipeline that makes the same.
  private func requirePipeline(
    _ configuration: PipelineConfiguration, in directory: RunDirectory
  ) throws {
    if case .store(let store) = self, let bytes = try store.read(RunDirectory.description) {
      try AtomicFile.write(bytes, to: directory.path(RunDirectory.description))
    }
    let file = try RunFile.read(directory)
    if configuration.makesTheSame(as: file.pipeline) { return }
    throw RunError(
      .superseded,
      "the run in '\(configuration.output)' is of another pipeline than the one that is named; name "
        + "the one that its driver runs, or begin its driver anew")
  }

  /// Whether a driver still wants partitions of a stage.
  func isPlanned(_ stage: StageName, in directory: RunDirectory) throws -> Bool {
    let name = RunDirectory.plan(stage)
    return switch self {
    case .directory: FileSystem.isFile(directory.path(name))
    case .store(let store): try store.names(beginning: name).contains(name)
    }
  }

  private func plan(of stage: StageName, in directory: RunDirectory) throws -> StagePlan {
    guard case .store(let store) = self else { return try StagePlan.read(stage, in: directory) }
    try AtomicFile.removeLeftovers(under: directory.root)
    let plan = try StagePlan.read(stage, in: store)
    for name in try store.names(beginning: "forgotten/") {
      try store.download(name, to: directory.path(name))
    }
    for manifest in plan.manifests {
      try manifest.write(
        to: directory.path(RunDirectory.manifest(manifest.stage, manifest.partition)))
    }
    try bring(plan.reads, plan, in: directory)
    return plan
  }

  /// Brings files that a partition reads.
  func bring(_ names: [String], _ plan: StagePlan, in directory: RunDirectory) throws {
    guard case .store(let store) = self else { return }
    let missing = names.filter { !FileSystem.isFile(directory.path($0)) }
    try Transfers.each(missing.compactMap { plan.objects[$0] }) { object in
      try store.fetch(object.name, as: object.output, to: directory.path(object.output.path))
    }
  }

  /// Whether an attempt at a partition is committed, or taken over already.
  func isMade(_ partition: Int, key: Digest, of places: PartitionPlaces) throws -> Bool {
    let name = RunDirectory.commit(places.stage, partition, key)
    switch self {
    case .directory:
      return FileSystem.isFile(places.directory.path(name))
        || places.isDone(partition, key: key)
    case .store(let store):
      if try store.read(name) != nil { return true }
      let manifest = try store.read(RunDirectory.manifest(places.stage, partition))
      return manifest.flatMap { PartitionCommit(bytes: $0) }?.manifest.key == key
    }
  }

  /// Commits an attempt, unless another has committed.
  ///
  /// - Returns: Whether this attempt is the one that counts.
  func commit(_ commit: PartitionCommit, in directory: RunDirectory) throws -> Bool {
    guard case .store(let store) = self else { return try commit.commit(in: directory) }
    let attempt = RunDirectory(directory.path(commit.folder))
    try Transfers.each(commit.manifest.outputs) { output in
      try store.upload(attempt.path(output.path), as: commit.folder + "/" + output.path)
    }
    let isFirst = try store.create(commit.encoded(), as: commit.name)
    if !isFirst {
      for output in commit.manifest.outputs {
        try store.remove(commit.folder + "/" + output.path)
      }
    }
    return isFirst
  }
}
