internal import Documents
internal import Foundation
internal import ObjectStores
internal import Provenance
internal import Storage

/// A run directory that this process has the right to change, its inputs digested and its ledger open.
struct RunSession {
  /// What stages look at when they plan.
  let context: RunContext
  /// The ledger.
  let ledger: Ledger
  /// What keeps it together with its store, where it has one.
  let mirror: RunMirror?
  private let lock: RunLock

  /// Opens the run directory of a pipeline and makes it where it is missing; undoes what a killed process
  /// left half done.
  ///
  /// - Parameters:
  ///   - stores: How stores of objects are spoken to, asked once an input lies in one.
  ///   - storage: The store that the run is kept in; `nil` where its output is a directory.
  init(
    _ configuration: PipelineConfiguration,
    stores: @escaping @Sendable () throws -> StoreConfiguration, retryingFetches: Bool,
    storage: RunStorage?, progress: any ProgressSink, interruption: Interruption
  ) throws {
    let directory = RunDirectory(storage?.mirror ?? configuration.output)
    try Directory.make(directory.root)
    lock = try RunLock(directory)
    mirror = try storage.map {
      try RunMirror($0.store, directory: directory, takingOver: $0.takesOver)
    }
    do {
      let archives = configuration.read.archives(in: directory, stores)
      let list = InputList(
        archives: archives, base: configuration.read.commonCrawl,
        selections: directory.path(RunDirectory.selections),
        known: directory.path(RunDirectory.knownArchives),
        interruption: interruption, progress: progress)
      (context, ledger) = try Self.open(
        configuration, directory, list, retryingFetches: retryingFetches, mirror: mirror)
    } catch {
      mirror?.giveUp()
      throw error
    }
  }

  /// Writes what a store keeps beside outputs, and gives back the right to change the run.
  func end() throws { try mirror?.end() }

  private static func open(
    _ configuration: PipelineConfiguration, _ directory: RunDirectory, _ list: InputList,
    retryingFetches: Bool, mirror: RunMirror?
  ) throws -> (RunContext, Ledger) {
    try Forgetting.recover(directory)
    // Workers of a driver that was killed make nothing more for nobody.
    try Directory.remove(directory.path(RunDirectory.plans))
    let earlier = try RunFile.readIfPresent(directory)
    try AtomicFile.removeLeftovers(
      under: directory.root, butUnder: directory.path(RunDirectory.attempts))
    try Directory.remove(directory.path(RunDirectory.sortedRuns))
    let base = try configuration.base.map { try BaseRun($0) }
    try refuseOtherKind(earlier, configuration)
    let crawl = try list.resolve(configuration.read.inputs)
    let instructions = try InputList(
      archives: nil, base: list.base, selections: list.selections, known: list.known,
      interruption: list.interruption, progress: list.progress
    ).resolve(configuration.instructions.inputs, key: "instructions.inputs")
    let inputs = base == nil ? crawl : instructions
    var file = try RunFile(pipeline: configuration, inputs: inputs)
    if let earlier { file.id = earlier.id }
    try file.write(to: directory)
    try mirror?.keep(RunDirectory.description)
    let ledger = try Ledger.create(path: directory.path(RunDirectory.ledger), run: file.ledgerRun)
    var context = try RunContext(
      configuration: configuration, directory: directory, archives: list.archives, crawl: crawl,
      base: base, instructions: instructions, ledger: ledger, retriesFetches: retryingFetches,
      mirror: mirror)
    _ = try context.addFetched()
    return (context, ledger)
  }

  /// The stages of the two kinds of run do not take back each other's work.
  private static func refuseOtherKind(
    _ earlier: RunFile?, _ configuration: PipelineConfiguration
  ) throws {
    guard let earlier, (earlier.pipeline.base == nil) != (configuration.base == nil) else { return }
    throw RunError(
      .directory,
      "'\(configuration.output)' holds a run that "
        + (earlier.pipeline.base == nil ? "reads archives" : "goes on from another")
        + ", and this pipeline does not; choose another output")
  }
}
