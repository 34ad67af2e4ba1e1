public import Documents
public import Provenance
internal import Storage

/// Folds the ledger parts of a run's partitions into its ledger.
///
/// Each partition owns its part, so that parts come in any order and any number of times: the ledger's
/// content depends on their bytes alone, and can be made anew from them.
public struct RunMerge {
  private let directory: RunDirectory
  private let ledger: Ledger

  /// Names the run directory whose parts are merged, and the ledger that they are merged into.
  public init(directory: RunDirectory, ledger: Ledger) {
    self.directory = directory
    self.ledger = ledger
  }

  /// Merges what every finished partition of a run has recorded, and makes the ledger where it is missing.
  ///
  /// - Returns: How many parts there are, and how many of them were not in the ledger yet.
  /// - Throws: ``RunError`` where the directory is no run or another weft is at work in it, `LedgerError`
  ///   where a part is damaged.
  public static func all(in directory: RunDirectory) throws -> (parts: Int, merged: Int) {
    let file = try RunFile.read(directory)
    let lock = try RunLock(directory)
    defer { withExtendedLifetime(lock) {} }
    let path = directory.path(RunDirectory.ledger)
    let merge = RunMerge(
      directory: directory, ledger: try Ledger.create(path: path, run: file.ledgerRun))
    var counts = (parts: 0, merged: 0)
    for stage in StageName.allCases {
      let manifests = try PartitionManifest.all(of: stage, in: directory)
      counts.merged += try merge.merge(manifests)
      counts.parts += manifests.count
    }
    return counts
  }

  /// Merges the parts of partitions; those that are there already are passed over unread.
  ///
  /// - Returns: How many were not there yet.
  @discardableResult
  func merge(_ manifests: [PartitionManifest]) throws -> Int {
    var merged = 0
    for manifest in manifests {
      let part = RunDirectory.ledgerPart(manifest.stage, manifest.partition)
      guard let output = manifest.outputs.first(where: { $0.path == part }) else {
        throw RunError(.damaged, "the manifest of \(part) does not name it")
      }
      let isNew = try ledger.merge(
        stage: manifest.stage, partition: manifest.partition,
        part: directory.path(part), digest: output.current)
      if isNew { merged += 1 }
    }
    return merged
  }
}
