internal import Documents
public import Foundation
internal import Provenance
internal import Storage

/// Takes pages and images out of a run that is kept in a store, and keeps them out.
///
/// All of the run is brought here first, since all of it is looked through. Killed anywhere, the run in the store
/// is as it was before, or whoever works on it next brings it to what it will be.
public struct StoredForgetting: Sendable {
  private let storage: RunStorage

  /// Names a run; nothing is read yet.
  public init(_ storage: RunStorage) { self.storage = storage }

  /// What would go; nothing of the run is changed.
  ///
  /// - Throws: As ``Forgetting/preview(_:)``, and what the store throws.
  public func preview(_ selectors: ForgetSelectors) throws -> ForgetCounts {
    try opened(bringing: Set(StageName.allCases)) { _, forgetting in
      try forgetting.preview(selectors)
    }
  }

  /// Forgets.
  ///
  /// - Parameter date: The instant that the record states.
  /// - Throws: As ``Forgetting/perform(_:date:step:)``, and what the store throws.
  public func perform(_ selectors: ForgetSelectors, date: Date = Date()) throws -> ForgottenRecord {
    try opened(bringing: Set(StageName.allCases)) { mirror, forgetting in
      let before = Set(try mirror.manifests())
      let record = try forgetting.performLocked(
        selectors, date: date, others: try Self.others(mirror))
      try mirror.publish(record, try mirror.manifests().filter { !before.contains($0) })
      return record
    }
  }

  /// Finishes what an interrupted forgetting had decided, if there was one.
  ///
  /// - Returns: Whether there was.
  public func finish() throws -> Bool {
    try opened(bringing: []) { mirror, _ in mirror.hasFinishedForgetting }
  }

  /// What the store holds beside outputs and is not rewritten.
  private static func others(_ mirror: RunMirror) throws -> [String] {
    guard try !mirror.kept(of: .train).files.isEmpty else { return [] }
    return ["\(KeptFiles.folder(of: .train)): checkpoints that may have been trained on it"]
  }

  private func opened<Value>(
    bringing stages: Set<StageName>, _ body: (RunMirror, Forgetting) throws -> Value
  ) throws -> Value {
    let directory = RunDirectory(storage.mirror)
    try Directory.make(directory.root)
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    let mirror = try RunMirror(
      storage.store, directory: directory, takingOver: storage.takesOver)
    defer { mirror.giveUp() }
    try mirror.bringAll(of: stages)
    try merge(mirror)
    let value = try body(mirror, Forgetting(directory.root))
    try mirror.end()
    return value
  }

  /// Gives the ledger here the rows of all parts.
  private func merge(_ mirror: RunMirror) throws {
    let directory = mirror.directory
    let run = try RunFile.read(directory)
    let manifests = try mirror.manifests()
    try mirror.bring(manifests.map { RunDirectory.ledgerPart($0.stage, $0.partition) })
    let ledger = try Ledger.create(
      path: directory.path(RunDirectory.ledger), run: run.ledgerRun)
    try RunMerge(directory: directory, ledger: ledger).merge(manifests)
  }
}
