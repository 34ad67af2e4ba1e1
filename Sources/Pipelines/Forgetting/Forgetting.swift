internal import Documents
public import Foundation
internal import Hashing
internal import Provenance
internal import Storage

/// Takes pages and images out of a run directory, and keeps them out.
///
/// Everything that weft made of them is rewritten without them: documents, corpora, token ids, features,
/// shards, the notes under `work/`, and the ledger. What does not hold them keeps its bytes and its
/// order. Interrupted anywhere, the run is as it was before, or is brought to what it will be by whoever
/// opens it next for writing; see ``StagedFiles``. The archives of the crawl are the user's and are not
/// touched.
public struct Forgetting: Sendable {
  private let directory: RunDirectory

  /// Names a run directory; nothing is read yet.
  public init(_ directory: String) { self.directory = RunDirectory(directory) }

  /// What would go; nothing is written.
  ///
  /// - Throws: ``RunError`` where the directory is no run or nothing in it is meant.
  public func preview(_ selectors: ForgetSelectors) throws -> ForgetCounts {
    _ = try RunFile.read(directory)
    try Self.refuseUnfinished(directory)
    let work = try ForgetWork(directory, selectors, staged: nil)
    return work.counts
  }

  /// Forgets.
  ///
  /// - Parameters:
  ///   - date: The instant that the record states.
  ///   - step: Called with the name of each step before it is taken; what it throws interrupts, for tests.
  /// - Returns: The record that was written.
  /// - Throws: ``RunError`` where the directory is no run, is in use, or nothing in it is meant;
  ///   `StorageError` where the disk is full or cannot be written, and then the run is as it was.
  public func perform(
    _ selectors: ForgetSelectors, date: Date = Date(),
    step: (String) throws -> Void = { _ in }
  ) throws -> ForgottenRecord {
    _ = try RunFile.read(directory)
    return try Self.locked(directory) { try performLocked(selectors, date: date, step: step) }
  }

  /// As ``perform(_:date:step:)``, for a process that holds the run's lock.
  ///
  /// - Parameter others: What holds some of it and is not in the directory.
  func performLocked(
    _ selectors: ForgetSelectors, date: Date, others: [String] = [],
    step: (String) throws -> Void = { _ in }
  ) throws -> ForgottenRecord {
    let run = try RunFile.read(directory)
    try Self.finish(directory, run: run, step: step)
    let staged = try StagedFiles(directory)
    do {
      let work = try ForgetWork(directory, selectors, staged: staged)
      try step("staged")
      let record = try work.record(date: date, others: others)
      let path = ForgottenRecord.path(record.number)
      try AtomicFile.write(record.json, to: staged.path(path))
      staged.add(record: path)
      try step("journal")
      try staged.commit()
      try Self.finish(directory, run: run, step: step)
      return record
    } catch let error where !StagedFiles.isUnfinished(directory) && !(error is Interrupted) {
      try? staged.discard()
      throw error
    }
  }

  /// Thrown by a test's step in the place of a kill: nothing is tidied up.
  struct Interrupted: Error {}

  /// Finishes what an interrupted forgetting had decided, if there was one.
  ///
  /// - Returns: Whether there was.
  /// - Throws: ``RunError`` where the directory is no run or is in use.
  public func finish() throws -> Bool {
    let run = try RunFile.read(directory)
    let isUnfinished = StagedFiles.isUnfinished(directory)
    if isUnfinished {
      try Self.locked(directory) { try Self.finish(directory, run: run) { _ in } }
    }
    return isUnfinished
  }

  /// As ``finish()``, for a process that holds the run's lock.
  static func recover(_ directory: RunDirectory) throws {
    guard StagedFiles.isUnfinished(directory) else { return }
    try finish(directory, run: try RunFile.read(directory)) { _ in }
  }

  private static func refuseUnfinished(_ directory: RunDirectory) throws {
    if StagedFiles.isUnfinished(directory) {
      throw RunError(
        .directory,
        "a `weft forget` of '\(directory.root)' was interrupted; finish it by "
          + "`weft forget \(directory.root)` without more")
    }
  }

  private static func locked<Value>(
    _ directory: RunDirectory, _ body: () throws -> Value
  ) throws -> Value {
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  private static func finish(
    _ directory: RunDirectory, run: RunFile, step: (String) throws -> Void
  ) throws {
    guard let journal = try StagedFiles.unfinished(directory) else { return }
    try StagedFiles.finishFiles(journal, in: directory, step: step)
    try step("ledger")
    let ledger = try Ledger.create(
      path: directory.path(RunDirectory.ledger), run: run.ledgerRun)
    // A ledger that was made anew has no rows yet; those that are there are passed over.
    let manifests = try StageName.allCases.flatMap {
      try PartitionManifest.all(of: $0, in: directory)
    }
    let parts = manifests.compactMap { manifest -> PartFile? in
      let part = RunDirectory.ledgerPart(manifest.stage, manifest.partition)
      return manifest.outputs.first { $0.path == part }.map {
        PartFile(
          stage: manifest.stage, partition: manifest.partition, path: directory.path(part),
          digest: $0.current)
      }
    }
    try ledger.merge(erasing: parts)
    try step("end")
    try StagedFiles.end(directory)
  }
}

extension RunFile {
  /// The run as its ledger states it.
  var ledgerRun: RunDescription {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let pipeline = String(decoding: try encoder.encode(pipeline), as: UTF8.self)
      return RunDescription(
        id: id, format: WeftVersion.runFormat, weft: WeftVersion.current, pipeline: pipeline)
    }
  }
}
