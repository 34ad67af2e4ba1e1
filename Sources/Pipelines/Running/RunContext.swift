public import Documents
internal import Foundation
internal import Storage

/// What a stage may look at when it plans: the pipeline, the inputs, and what earlier stages made.
public struct RunContext: Sendable {
  /// The resolved pipeline.
  public let configuration: PipelineConfiguration
  /// The run directory.
  public let directory: RunDirectory
  /// The archives, sorted by path.
  public let inputs: [RunInput]

  init(configuration: PipelineConfiguration, directory: RunDirectory, inputs: [RunInput]) {
    self.configuration = configuration
    self.directory = directory
    self.inputs = inputs
  }

  /// The manifests of a stage that is done, in the order of its partitions.
  public func manifests(of stage: StageName) throws -> [PartitionManifest] {
    let folder = directory.path("work/manifests/\(stage.rawValue)")
    guard Directory.isDirectory(folder) else { return [] }
    return try Directory.names(in: folder).filter { $0.hasSuffix(".json") }.map {
      try PartitionManifest.read(folder + "/" + $0)
    }.sorted { $0.partition < $1.partition }
  }

  /// The digests of those outputs of a stage that stand under a folder of the run directory.
  public func digests(of stage: StageName, under folder: String) throws -> [Digest] {
    try manifests(of: stage).flatMap(\.outputs).filter { $0.path.hasPrefix(folder + "/") }
      .map(\.digest)
  }
}
