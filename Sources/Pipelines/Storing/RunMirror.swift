internal import Documents
internal import Foundation
internal import Hashing
internal import Storage
internal import Synchronization

/// The run directory of a driver whose run is kept in a store: it has manifests and ledger parts of
/// everything, and other files once something here reads them.
///
/// In the store outputs have the names of the attempts that made them, for good; the commit that says which
/// attempt counts stands under the name that its manifest has in a run directory.
final class RunMirror: Sendable {
  let store: any RunStore
  let directory: RunDirectory
  private let lease: RunLease
  private let state = Mutex(State())

  private struct State {
    /// Where the outputs of the run are in the store, by their names in a run directory.
    var places: [String: StagePlan.Object] = [:]
    /// The names of the commits that count.
    var commits: Set<String> = []
    var hasFinishedForgetting = false
  }

  /// Takes the lease of a run and learns what is done of it.
  init(_ store: any RunStore, directory: RunDirectory, takingOver: Bool = false) throws {
    self.store = store
    self.directory = directory
    lease = try RunLease(store, takingOver: takingOver)
    do { try learn() } catch {
      lease.giveBack()
      throw error
    }
  }

  private func learn() throws {
    try Directory.make(directory.root)
    let journal = try StoredForgetJournal(in: store)
    if let journal {
      try settle(journal)
      state.withLock { $0.hasFinishedForgetting = true }
    }
    // A forgetting that was done here and not decided in the store has not been.
    for folder in ["work/forget", ForgottenRecord.directory] {
      try Directory.remove(directory.path(folder))
    }
    if let bytes = try store.read(RunDirectory.description) {
      try AtomicFile.write(bytes, to: directory.path(RunDirectory.description))
    }
    for name in try store.names(beginning: ForgottenRecord.directory + "/") {
      try store.download(name, to: directory.path(name))
    }
    // Workers of a driver that was killed make nothing more for nobody.
    for name in try store.names(beginning: RunDirectory.plans + "/") { try store.remove(name) }
    // What was made here and not published by a driver that was killed is made again.
    for stage in StageName.allCases {
      try Directory.remove(directory.path("work/manifests/\(stage.rawValue)"))
    }
    try Transfers.each(store.names(beginning: "work/manifests/")) { [self] name in
      guard let commit = try read(commit: name) else { return }
      try commit.manifest.write(to: directory.path(name))
      note(commit)
    }
    if let journal { try tidy(after: journal) }
  }

  /// Whether a forgetting that was interrupted was finished when the run was opened.
  var hasFinishedForgetting: Bool { state.withLock { $0.hasFinishedForgetting } }

  /// The manifests of all stages.
  func manifests() throws -> [PartitionManifest] {
    try StageName.allCases.flatMap { try PartitionManifest.all(of: $0, in: directory) }
  }

  /// Checks that no other driver has taken over.
  func check() throws { try lease.check() }

  /// Whether an output of the run is in the store.
  func holds(_ output: PartitionManifest.Output) -> Bool {
    state.withLock { $0.places[output.path]?.output == output }
  }

  /// Brings files of the run here, those that are here already left alone.
  ///
  /// - Throws: ``RunError`` where the store's bytes are not those that were made.
  func bring(_ names: [String]) throws {
    try Transfers.each(names) { [self] name in
      guard let place = state.withLock({ $0.places[name] }) else { return }
      let path = directory.path(name)
      if FileSystem.size(path) == place.output.bytes,
        try Digest(ofFile: path) == place.output.current
      {
        return
      }
      try store.fetch(place.name, as: place.output, to: path)
    }
  }

  /// Brings all outputs of some stages.
  func bringAll(of stages: Set<StageName>) throws {
    let names = try stages.flatMap {
      try PartitionManifest.all(of: $0, in: directory).flatMap(\.outputs).map(\.path)
    }
    try bring(names)
  }

  /// Where files are in the store, for workers.
  func objects(of names: [String]) -> [String: StagePlan.Object] {
    state.withLock { state in
      names.reduce(into: [:]) { objects, name in objects[name] = state.places[name] }
    }
  }

  /// What workers of a stage have committed.
  func commits(of stage: StageName) throws -> [(name: String, commit: PartitionCommit?)] {
    let names = try store.names(beginning: RunDirectory.commits(stage) + "/")
    let found = Mutex<[String: PartitionCommit]>([:])
    try Transfers.each(names) { [self] name in
      let commit = try read(commit: name)
      found.withLock { $0[name] = commit }
    }
    return names.map { name in (name, found.withLock { $0[name] }) }
  }

  /// Takes over what a worker has made: from here on its commit counts, and what it replaces does not.
  func adopt(_ commit: PartitionCommit) throws {
    let manifest = commit.manifest
    for output in manifest.outputs { try FileSystem.remove(directory.path(output.path)) }
    try establish(commit)
    try bring([RunDirectory.ledgerPart(manifest.stage, manifest.partition)])
    try manifest.write(
      to: directory.path(RunDirectory.manifest(manifest.stage, manifest.partition)))
  }

  /// Publishes a partition that was made here.
  func publish(_ manifest: PartitionManifest) throws { try establish(uploaded(manifest)) }

  /// Writes the outputs of a partition that was made here, which do not count yet.
  func uploaded(_ manifest: PartitionManifest) throws -> PartitionCommit {
    let commit = PartitionCommit(
      attempt: PartitionCommit.newAttempt(), forgettings: 0, manifest: manifest, reused: 0,
      warnings: [])
    try Transfers.each(manifest.outputs) { [self] output in
      try store.upload(directory.path(output.path), as: commit.folder + "/" + output.path)
    }
    return commit
  }

  /// Lets a commit count.
  ///
  /// A commit is never replaced by one write: where this driver has lost the run and does not know it yet,
  /// what the other has written stays.
  func establish(_ commit: PartitionCommit) throws {
    let name = RunDirectory.manifest(commit.manifest.stage, commit.manifest.partition)
    let bytes = try commit.encoded()
    try lease.check()
    if state.withLock({ $0.commits.remove(name) != nil }) { try store.remove(name) }
    if try !store.create(bytes, as: name) {
      try lease.check()
      // A driver that had lost the run wrote it after this one had looked.
      try store.remove(name)
      guard try store.create(bytes, as: name) else {
        throw RunError(.directory, "another weft writes into '\(store.address)'; stop it first")
      }
    }
    note(commit)
  }

  /// Says that a partition is no more.
  func withdraw(_ stage: StageName, _ partition: Int) throws {
    let name = RunDirectory.manifest(stage, partition)
    try lease.check()
    try store.remove(name)
    state.withLock { _ = $0.commits.remove(name) }
  }

  /// Tells workers what to make.
  func publish(_ plan: StagePlan) throws {
    try lease.check()
    try store.write(plan.encoded(), as: RunDirectory.plan(plan.stage))
  }

  /// Tells workers that nothing of a stage is to be made any more.
  func withdrawPlan(of stage: StageName) throws { try remove(RunDirectory.plan(stage)) }

  /// Removes a commit that was taken over, or is not wanted.
  func discard(commit name: String) throws { try remove(name) }

  /// Removes the files of attempts at a stage that do not count.
  func removeUnused(of stage: StageName) throws {
    let used = state.withLock { Set($0.places.values.map(\.name)) }
    let names =
      try store.names(beginning: RunDirectory.attempts(stage) + "/")
      + store.names(beginning: RunDirectory.commits(stage) + "/")
    try Transfers.each(names.filter { !used.contains($0) }) { [self] in try remove($0) }
  }

  /// Removes a file of the run in the store.
  func remove(_ name: String) throws {
    try lease.check()
    try store.remove(name)
  }

  /// Writes a file that is no output.
  func keep(_ name: String) throws {
    try lease.check()
    try store.upload(directory.path(name), as: name)
  }

  /// Writes the files that are no outputs, and gives the lease back.
  func end() throws {
    for name in [RunDirectory.description, RunDirectory.ledger]
    where FileSystem.isFile(directory.path(name)) { try keep(name) }
    lease.giveBack()
  }

  /// Gives the lease back after a failure.
  func giveUp() { lease.giveBack() }

  private func note(_ commit: PartitionCommit) {
    let manifest = commit.manifest
    state.withLock { state in
      state.commits.insert(RunDirectory.manifest(manifest.stage, manifest.partition))
      for output in manifest.outputs {
        state.places[output.path] = StagePlan.Object(
          name: commit.folder + "/" + output.path, output: output)
      }
    }
  }

  private func read(commit name: String) throws -> PartitionCommit? {
    try store.read(name).flatMap { PartitionCommit(bytes: $0) }
  }
}

extension RunStore {
  /// Brings an output here and proves its bytes.
  ///
  /// Partitions that are worked on at once may want the same file: each brings it under a name of its own,
  /// and none sees it before its bytes are proved.
  func fetch(_ object: String, as output: PartitionManifest.Output, to path: String) throws {
    let own = "\(path).weft-partial.\(PartitionCommit.newAttempt())"
    try download(object, to: own)
    guard try Digest(ofFile: own) == output.current else {
      try FileSystem.remove(own)
      throw RunError(
        .damaged,
        "'\(object)' in '\(address)' is not of the digest its manifest states; remove the manifest of "
          + "its part in the store and run again")
    }
    try FileSystem.rename(own, to: path)
  }
}
