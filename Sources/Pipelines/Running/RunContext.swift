public import Documents
internal import Foundation
internal import ObjectStores
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
  /// What keeps the run directory and its store together; `nil` where the run is in a directory alone.
  let mirror: RunMirror?
  /// The ledger; `nil` in a worker.
  private let openLedger: Ledger?
  /// Whether URLs are asked for again that failed for a reason that may have passed.
  let retriesFetches: Bool
  /// What stages leave out since it was forgotten.
  let forgotten: ForgottenList

  /// The ledger, for the stage that keeps its own state there.
  var ledger: Ledger {
    guard let openLedger else {
      preconditionFailure("a worker has no ledger; stages that ask it run where the driver is")
    }
    return openLedger
  }

  init(
    configuration: PipelineConfiguration, directory: RunDirectory,
    archives: ArchiveAccess? = nil, crawl: [RunInput], base: BaseRun? = nil,
    instructions: [RunInput] = [], ledger: Ledger?, retriesFetches: Bool,
    mirror: RunMirror? = nil
  ) throws {
    forgotten = try ForgottenList(directory)
    self.configuration = configuration
    self.directory = directory
    self.archives = archives ?? configuration.read.archives(in: directory)
    openLedger = ledger
    self.mirror = mirror
    self.base = base
    self.instructions = instructions
    self.retriesFetches = retriesFetches
    inputs = crawl
    crawlCount = crawl.count
  }

  /// The context of a worker: it knows the inputs from a plan, and has no ledger.
  init(
    configuration: PipelineConfiguration, directory: RunDirectory, plan: StagePlan, base: BaseRun?,
    interruption: Interruption
  ) throws {
    forgotten = try ForgottenList(directory)
    self.configuration = configuration
    self.directory = directory
    self.base = base
    archives = configuration.read.archives(in: directory) {
      try .ofProcess().stopping(with: interruption)
    }
    openLedger = nil
    mirror = nil
    retriesFetches = false
    inputs = plan.inputs
    instructions = plan.instructions
    crawlCount = plan.inputs.count
  }

  /// Where the partitions of a stage are.
  func places(of stage: StageName) -> PartitionPlaces {
    PartitionPlaces(stage: stage, directory: directory, mirror: mirror)
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
