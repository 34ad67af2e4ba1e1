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
  /// Where the outputs of the run are in the store, by their names in a run directory.
  private let places = Mutex<[String: Place]>([:])

  private struct Place {
    var object: String
    var output: PartitionManifest.Output
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
    if let bytes = try store.read(RunDirectory.description) {
      try AtomicFile.write(bytes, to: directory.path(RunDirectory.description))
    }
    for name in try store.names(beginning: "forgotten/") {
      try store.download(name, to: directory.path(name))
    }
    // What was made here and not published by a driver that was killed is made again.
    for stage in StageName.allCases {
      try Directory.remove(directory.path("work/manifests/\(stage.rawValue)"))
    }
    for name in try store.names(beginning: "work/manifests/") {
      guard let commit = try read(commit: name) else { continue }
      try commit.manifest.write(to: directory.path(name))
      note(commit)
    }
  }

  /// Whether another driver has not taken over; to be asked before each stage.
  func check() throws { try lease.check() }

  /// Whether an output of the run is in the store.
  func holds(_ output: PartitionManifest.Output) -> Bool {
    places.withLock { $0[output.path]?.output == output }
  }

  /// Brings files of the run here, those that are here already left alone.
  ///
  /// - Throws: ``RunError`` where the store's bytes are not those that were made.
  func bring(_ names: [String]) throws {
    for name in names {
      guard let place = places.withLock({ $0[name] }) else { continue }
      let path = directory.path(name)
      if FileSystem.size(path) == place.output.bytes,
        try Digest(ofFile: path) == place.output.current
      {
        continue
      }
      try store.fetch(place.object, as: place.output, to: path)
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
    places.withLock { places in
      names.reduce(into: [:]) { objects, name in
        objects[name] = places[name].map { StagePlan.Object(name: $0.object, output: $0.output) }
      }
    }
  }

  /// What workers of a stage have committed.
  func commits(of stage: StageName) throws -> [(name: String, commit: PartitionCommit?)] {
    try store.names(beginning: RunDirectory.commits(stage) + "/").map {
      ($0, try read(commit: $0))
    }
  }

  /// Takes over what a worker has made: from here on its commit counts, and what it replaces does not.
  func adopt(_ commit: PartitionCommit) throws {
    let manifest = commit.manifest
    let name = RunDirectory.manifest(manifest.stage, manifest.partition)
    for output in manifest.outputs { try FileSystem.remove(directory.path(output.path)) }
    try store.write(commit.encoded(), as: name)
    note(commit)
    try bring([RunDirectory.ledgerPart(manifest.stage, manifest.partition)])
    try manifest.write(to: directory.path(name))
  }

  /// Publishes a partition that was made here.
  func publish(_ manifest: PartitionManifest) throws {
    let commit = PartitionCommit(
      attempt: PartitionCommit.newAttempt(), forgettings: 0, manifest: manifest, reused: 0,
      warnings: [])
    for output in manifest.outputs {
      try store.upload(directory.path(output.path), as: commit.folder + "/" + output.path)
    }
    try store.write(
      commit.encoded(), as: RunDirectory.manifest(manifest.stage, manifest.partition))
    note(commit)
  }

  /// Says that a partition is no more.
  func withdraw(_ stage: StageName, _ partition: Int) throws {
    try store.remove(RunDirectory.manifest(stage, partition))
  }

  /// Removes the files of attempts at a stage that do not count.
  func removeUnused(of stage: StageName) throws {
    let used = places.withLock { Set($0.values.map(\.object)) }
    let names =
      try store.names(beginning: RunDirectory.attempts(stage) + "/")
      + store.names(beginning: RunDirectory.commits(stage) + "/")
    for name in names where !used.contains(name) { try store.remove(name) }
  }

  /// Writes the files that are no outputs, and gives the lease back.
  func end() throws {
    for name in [RunDirectory.description, RunDirectory.ledger]
    where FileSystem.isFile(directory.path(name)) {
      try store.upload(directory.path(name), as: name)
    }
    lease.giveBack()
  }

  /// Gives the lease back after a failure.
  func giveUp() { lease.giveBack() }

  private func note(_ commit: PartitionCommit) {
    places.withLock { places in
      for output in commit.manifest.outputs {
        places[output.path] = Place(object: commit.folder + "/" + output.path, output: output)
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
