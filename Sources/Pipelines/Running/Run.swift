internal import Curation
public import Documents
public import ObjectStores

/// A run of a pipeline: its stages in order, each over its partitions, into a run directory.
///
/// A run that was interrupted, however, goes on where it stopped, and its outputs are the same
/// bytes as if it had not been. A partition is made again only where something it depends on has
/// changed.
public struct Run: Sendable {
  private let configuration: PipelineConfiguration
  private let stages: [any Stage]
  private let stores: @Sendable () throws -> StoreConfiguration

  /// Makes a run.
  ///
  /// - Parameters:
  ///   - configuration: What to do.
  ///   - stages: The stages that this build of weft has, in the order of ``StageName``.
  ///   - stores: How stores of objects are spoken to, asked once an input lies in one.
  public init(
    _ configuration: PipelineConfiguration, stages: [any Stage],
    stores: @escaping @Sendable () throws -> StoreConfiguration = { try .ofProcess() }
  ) {
    self.configuration = configuration
    self.stages = stages
    self.stores = stores
  }

  /// Runs all stages, or those up to one of them.
  ///
  /// - Throws: ``RunError`` and `StorageError` for faults of the set-up, `CancellationError` where the
  ///   run was asked to stop; the run can be resumed after any of them. Faults of the data are no
  ///   errors.
  /// - Parameters:
  ///   - retryingFetches: Whether image URLs are asked for again that failed for a reason that may have
  ///     passed.
  ///   - executor: What makes the partitions; the bytes do not depend on it.
  ///   - storage: The store that the run is kept in; `nil` where its output is a directory.
  /// - Returns: What the stages counted.
  public func execute(
    through last: StageName = .train, retryingFetches: Bool = false,
    executor: any Executor = LocalExecutor(), storage: RunStorage? = nil,
    progress: any ProgressSink = SilentProgress(),
    interruption: Interruption = Interruption()
  ) async throws -> RunSummary {
    let session = try RunSession(
      configuration, stores: { [stores] in try stores().stopping(with: interruption) },
      retryingFetches: retryingFetches, storage: storage,
      progress: progress, interruption: interruption)
    defer {
      session.mirror?.giveUp()
      withExtendedLifetime(session) {}
    }
    var context = session.context
    var summary = RunSummary()
    func run(_ stage: any Stage) async throws {
      try interruption.check()
      let runner = StageRunner(
        stage: stage, context: context, ledger: session.ledger, executor: executor,
        progress: progress, interruption: interruption)
      summary.add(try await runner.run())
    }
    for stage in stages where try stage.name.isUpTo(last) && isWanted(stage, context) {
      try await run(stage)
      if stage.name == .fetch, try context.addFetched() {
        // What was fetched is read as if it had been in the crawl.
        for stage in stages where stage.name == .read { try await run(stage) }
      }
    }
    try session.end()
    return summary
  }

  /// A stage that the pipeline turns off is passed over, once it has nothing to take back.
  func isWanted(_ stage: any Stage, _ context: RunContext) throws -> Bool {
    // A run that goes on from another has neither pages nor images of its own.
    let ofBase: Set<StageName> = [.base, .instructions, .shard, .catalog, .train]
    if context.base != nil { return ofBase.contains(stage.name) }
    let isOn =
      switch stage.name {
      case .base, .instructions: false
      case .fetch: configuration.images.fetch.enabled
      case .classify: configuration.images.classifier.isOn
      case .alike: configuration.curate.images.nearDuplicateBits != nil
      case .sample: configuration.tokenizer.model == nil
      default: true
      }
    return try isOn || !context.manifests(of: stage.name).isEmpty
  }
}

/// What a run did, stage by stage.
public struct RunSummary: Sendable, Codable {
  /// The stages in order.
  public var stages: [StageSummary] = []

  /// Makes a summary of nothing.
  public init() {}

  /// Adds what a stage did, in the place of what it had done before.
  mutating func add(_ summary: StageSummary) {
    if let index = stages.firstIndex(where: { $0.stage == summary.stage }) {
      stages[index] = summary
    } else {
      stages.append(summary)
    }
  }
}

/// What a stage did.
public struct StageSummary: Sendable, Codable {
  /// The stage.
  public var stage: StageName
  /// How many partitions it has.
  public var partitions: Int
  /// How many of them were made in this run; the others were there already.
  public var made: Int
  /// How long it took, in seconds.
  public var seconds: Double
  /// What entered, went on and was dropped.
  public var counts: StageCounts
  /// How many things the partitions made took over from an earlier run.
  public var reused = 0

  /// The time and the work in a few words.
  var note: String {
    let tenths = (seconds * 10).rounded() / 10
    if made == 0 { return "\(partitions) of \(partitions) parts were there already" }
    let counted = counts.tallies.sorted { $0.key < $1.key }.map { unit, tally in
      "\(tally.kept) of \(tally.entered) \(StageCounts.Unit(rawValue: unit)?.words ?? unit)"
    }
    return "\(tenths) s, \(made) of \(partitions) parts made"
      + (counted.isEmpty ? "" : ": kept " + counted.joined(separator: ", "))
      + (reused == 0 ? "" : ", \(reused) reused")
  }
}
