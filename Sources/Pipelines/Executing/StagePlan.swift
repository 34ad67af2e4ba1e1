internal import Documents
internal import Foundation
internal import Storage

/// What a driver tells its workers of a stage: its inputs, and the key of each partition.
///
/// It is there while the stage is being made. A worker plans the stage itself and compares keys, so that
/// one of another version, pipeline or input makes nothing.
struct StagePlan: Hashable, Sendable, Codable {
  /// A partition as the driver planned it.
  struct Part: Hashable, Sendable, Codable {
    /// The digest of everything its outputs depend on.
    var key: Digest
    /// The files of the run directory that it reads.
    var reads: [String]
  }

  /// A file of the run as it is in a store.
  struct Object: Hashable, Sendable, Codable {
    /// Its name in the store.
    var name: String
    /// The output that it is.
    var output: PartitionManifest.Output
  }

  var format = "weft-plan"
  var version = 1
  var stage: StageName
  /// The archives that the run reads, those of fetched images after those of the crawl.
  var inputs: [RunInput]
  /// The files of instructions.
  var instructions: [RunInput]
  /// How often something was forgotten: what was made before a forgetting is not taken over after it.
  var forgettings: Int
  /// The files of the run directory that planning reads.
  var reads: [String]
  /// The partitions in order.
  var parts: [Part]
  /// The manifests of the stages before, for workers that do not see the run directory.
  var manifests: [PartitionManifest] = []
  /// Where the files that are read are in the store, by their names in a run directory.
  var objects: [String: Object] = [:]

  /// Describes the work of a stage.
  init(_ work: StageWork) throws {
    stage = work.stage.name
    inputs = work.context.inputs
    instructions = work.context.instructions
    forgettings = try ForgottenRecord.all(of: work.context.directory).count
    reads = try work.stage.planReads(work.context)
    let stage = work.stage.name
    parts = work.partitions.map {
      Part(key: $0.key.digest(stage: stage, partition: $0.index), reads: $0.reads)
    }
    guard let mirror = work.context.mirror else { return }
    manifests = try StageName.allCases.prefix { $0 != stage }.flatMap {
      try work.context.manifests(of: $0)
    }
    objects = mirror.objects(of: reads + Set(parts.flatMap(\.reads)))
  }

  /// Reads the plan of a stage.
  ///
  /// - Throws: ``RunError`` where no driver is making the stage.
  static func read(_ stage: StageName, in directory: RunDirectory) throws -> StagePlan {
    let path = directory.path(RunDirectory.plan(stage))
    guard FileSystem.isFile(path) else { throw unplanned(stage, directory.root) }
    return try decode(FileSystem.read(path, limit: 1 << 30), stage, path)
  }

  /// Reads the plan of a stage from a store.
  ///
  /// - Throws: ``RunError`` where no driver is making the stage.
  static func read(_ stage: StageName, in store: any RunStore) throws -> StagePlan {
    let name = RunDirectory.plan(stage)
    guard let bytes = try store.read(name) else { throw unplanned(stage, store.address) }
    return try decode(bytes, stage, "\(store.address)/\(name)")
  }

  /// The error of a worker that nobody waits for.
  static func unplanned(_ stage: StageName, _ run: String) -> RunError {
    RunError(
      .superseded,
      "nobody makes the stage '\(stage.rawValue)' of '\(run)' now: it is done or was not begun; "
        + "`weft run PIPELINE --executor ray` or `slurm` plans it")
  }

  private static func decode(
    _ bytes: [UInt8], _ stage: StageName, _ path: String
  ) throws -> StagePlan {
    guard let plan = try? JSONDecoder().decode(StagePlan.self, from: Data(bytes)),
      plan.format == "weft-plan", plan.version == 1, plan.stage == stage
    else {
      throw RunError(.damaged, "'\(path)' is not a plan of this version of weft; plan anew")
    }
    return plan
  }

  /// The plan as bytes.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// Writes the plan.
  func write(in directory: RunDirectory) throws {
    try AtomicFile.write(encoded(), to: directory.path(RunDirectory.plan(stage)))
  }
}
