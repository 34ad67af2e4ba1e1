public import Documents
internal import Foundation
internal import Provenance
internal import RemoteArchives
internal import Storage

/// What a stage may look at when it plans: the pipeline, the inputs, and what earlier stages made.
public struct RunContext: Sendable {
  /// The resolved pipeline.
  public let configuration: PipelineConfiguration
  /// The run directory.
  public let directory: RunDirectory
  /// The way to the bytes of archives.
  let archives: ArchiveAccess
  /// The archives of the crawl, sorted by path, and after them those of fetched images.
  public private(set) var inputs: [RunInput]
  /// How many of ``inputs`` are of the crawl.
  let crawlCount: Int
  /// The finished run that this one goes on from; `nil` where it reads archives.
  public let base: BaseRun?
  /// The files of instructions, sorted by path.
  let instructions: [RunInput]
  /// The ledger, for the stage that keeps its own state there.
  let ledger: Ledger
  /// Whether URLs are asked for again that failed for a reason that may have passed.
  let retriesFetches: Bool
  /// What stages leave out since it was forgotten.
  let forgotten: ForgottenList

  init(
    configuration: PipelineConfiguration, directory: RunDirectory,
    archives: ArchiveAccess? = nil, crawl: [RunInput],
    base: BaseRun? = nil, instructions: [RunInput] = [], ledger: Ledger, retriesFetches: Bool
  ) throws {
    forgotten = try ForgottenList(directory)
    self.configuration = configuration
    self.directory = directory
    self.archives = archives ?? configuration.read.archives(in: directory)
    self.ledger = ledger
    self.base = base
    self.instructions = instructions
    self.retriesFetches = retriesFetches
    inputs = crawl
    crawlCount = crawl.count
  }

  /// The archives of the crawl.
  var crawl: ArraySlice<RunInput> { inputs.prefix(crawlCount) }

  /// Takes the archives of fetched images for inputs, once the stage that writes them is done.
  ///
  /// - Returns: Whether there are others than before.
  mutating func addFetched() throws -> Bool {
    let isDone = try configuration.images.fetch.enabled && !manifests(of: .fetch).isEmpty
    let fetched = isDone ? try FetchedInputs.all(of: self) : []
    defer { inputs = crawl + fetched }
    return fetched != Array(inputs.dropFirst(crawlCount))
  }

  /// The manifests of a stage that is done, in the order of its partitions.
  public func manifests(of stage: StageName) throws -> [PartitionManifest] {
    try PartitionManifest.all(of: stage, in: directory)
  }

  /// The digests of those outputs of a stage that stand under a folder of the run directory.
  public func digests(of stage: StageName, under folder: String) throws -> [Digest] {
    try manifests(of: stage).flatMap(\.outputs).filter { $0.path.hasPrefix(folder + "/") }
      .map(\.digest)
  }
}
