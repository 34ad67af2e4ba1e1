public import Documents
internal import Foundation
internal import Hashing
internal import Provenance
internal import Storage

/// Makes again what is damaged or missing of a run, from its inputs, and nothing else.
///
/// A file is damaged where it has not the bytes that the manifest of its partition names. Such a partition is made
/// again as the run made it, and the bytes compared with those it had. The ledger is made anew from its parts and
/// takes the place of the old one where their rows differ. What was forgotten stays out, as in any run. Killed
/// anywhere, the same command goes on.
public struct RunRepair: Sendable {
  private let directory: RunDirectory
  private let stages: [any Stage]

  /// Names a run directory; nothing is read yet.
  ///
  /// - Parameter stages: The stages that this build of weft has, in the order of `StageName`.
  public init(_ directory: String, stages: [any Stage]) {
    self.directory = RunDirectory(directory)
    self.stages = stages
  }

  /// The pipeline of a run, and the last of its stages that was begun.
  ///
  /// - Throws: ``RunError`` where the directory is no run.
  public static func begun(
    _ directory: String
  ) throws -> (pipeline: PipelineConfiguration, last: StageName) {
    let directory = RunDirectory(directory)
    let run = try RunFile.read(directory)
    return (run.pipeline, try last(in: directory, ledger: openLedger(directory)) ?? .read)
  }

  private static func openLedger(_ directory: RunDirectory) -> Ledger? {
    try? Ledger.open(path: directory.path(RunDirectory.ledger))
  }

  private static func last(in directory: RunDirectory, ledger: Ledger?) throws -> StageName? {
    let merged = Set(((try? ledger?.parts()) ?? []).map(\.stage))
    return StageName.allCases.last { stage in
      merged.contains(stage)
        || ["work/manifests", "work/repair/manifests"].contains {
          Directory.isDirectory(directory.path("\($0)/\(stage.rawValue)"))
        }
    }
  }

  /// Repairs the run.
  ///
  /// - Parameter step: Called with the name of each stage before it is looked at; what it throws interrupts, for
  ///   tests.
  /// - Throws: ``RunError`` where the directory is no run or in use, another weft made it, or what it reads is not
  ///   as it was.
  public func perform(
    progress: any ProgressSink = SilentProgress(), interruption: Interruption = Interruption(),
    step: (StageName) throws -> Void = { _ in }
  ) async throws -> RepairReport {
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    return try await performLocked(progress: progress, interruption: interruption, step: step)
  }

  /// As ``perform(progress:interruption:step:)``, for a process that holds the run's lock.
  func performLocked(
    progress: any ProgressSink = SilentProgress(), interruption: Interruption,
    step: (StageName) throws -> Void = { _ in }
  ) async throws -> RepairReport {
    try Forgetting.recover(directory)
    let run = try RunFile.read(directory)
    try requireSame(run)
    try AtomicFile.removeLeftovers(
      under: directory.root, butUnder: directory.path(RunDirectory.attempts))
    let old = Self.openLedger(directory)
    guard let last = try Self.last(in: directory, ledger: old) else { return RepairReport() }
    let rebuilt = try RebuiltLedger(directory, run: run, old: old)
    let context = try context(of: run, ledger: rebuilt.ledger)
    let recorded = try RecordedOutputs(directory, ledger: old)
    var report = RepairReport()
    let whole = Run(run.pipeline, stages: stages)
    for stage in stages where try stage.name.isUpTo(last) && whole.isWanted(stage, context) {
      try interruption.check()
      try step(stage.name)
      if stage.name == .fetch { try requireStates(context, old) }
      let runner = StageRunner(
        stage: stage, context: context, ledger: rebuilt.ledger, executor: LocalExecutor(),
        progress: progress, interruption: interruption)
      if stage.name == .train && !report.isRestored {
        // Other shards ask for another training, which may take weeks: the user decides on it.
        try RunMerge(directory: directory, ledger: rebuilt.ledger)
          .merge(context.manifests(of: .train))
        continue
      }
      let repair = StageRepair(
        runner: runner, recorded: recorded, isUpstreamChanged: !report.isRestored)
      let (made, files) = try await repair.perform()
      report.files += files
      if made > 0 { report.partitions[stage.name.rawValue] = made }
    }
    report.ledger = try rebuilt.settle()
    try Directory.remove(directory.path("work/repair"))
    return report
  }

  /// Another weft would make other bytes, and of other inputs nothing can be made again as it was.
  private func requireSame(_ run: RunFile) throws {
    guard run.weft == WeftVersion.current else {
      throw RunError(
        .unsupported,
        "'\(directory.root)' was made by weft \(run.weft), and this is \(WeftVersion.current), which may make "
          + "other bytes; repair it with that one, or make it again by `weft run`")
    }
    // One in a store is asked for as it was read: another entity tag is an error there.
    for input in run.inputs where input.object == nil {
      let found = FileSystem.isFile(input.path) ? try Digest(ofFile: input.path) : nil
      if found == input.digest { continue }
      throw RunError(
        .input,
        "'\(input.path)' " + (found == nil ? "is missing" : "is not the file that was read")
          + ": what was made of it cannot be made again, and nothing was repaired; bring it back as it was "
          + "(its SHA-256 was \(input.digest)), or run the pipeline again over what there is")
    }
  }

  private func context(of run: RunFile, ledger: Ledger) throws -> RunContext {
    let base = try run.pipeline.base.map { try BaseRun($0) }
    var context = try RunContext(
      configuration: run.pipeline, directory: directory, crawl: base == nil ? run.inputs : [],
      base: base, instructions: base == nil ? [] : run.inputs, ledger: ledger,
      retriesFetches: false)
    _ = try context.addFetched()
    return context
  }

  /// Images are not asked for again in a repair: the network may not give the same.
  private func requireStates(_ context: RunContext, _ old: Ledger?) throws {
    guard old == nil, context.configuration.images.fetch.enabled else { return }
    throw RunError(
      .damaged,
      "the ledger of '\(directory.root)' cannot be read, and with it the states of fetched URLs are lost; "
        + "remove it and run `weft images` on the pipeline, which finds those kept under fetched/ and asks for "
        + "the others again")
  }
}
