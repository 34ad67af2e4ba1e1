internal import Documents
internal import Hashing
internal import Provenance
internal import Storage

/// A ledger that is made anew from the parts of a run beside the one that is there.
struct RebuiltLedger {
  /// The new one.
  let ledger: Ledger
  private let path: String
  private let directory: RunDirectory
  private let old: Ledger?

  /// Begins one; what a killed repair left is thrown away.
  ///
  /// - Parameter old: The one that is there, where it can be read.
  init(_ directory: RunDirectory, run: RunFile, old: Ledger?) throws {
    path = directory.path("work/repair/" + RunDirectory.ledger)
    try FileSystem.remove(path)
    try FileSystem.remove(path + "-journal")
    self.directory = directory
    self.old = old
    ledger = try Ledger.create(path: path, run: old?.run ?? run.ledgerRun)
    guard let old else { return }
    // The states of URLs stand in no part.
    var rows = try old.fetches()
    while let last = rows.last {
      try ledger.record(rows)
      rows = try old.fetches(after: last.url)
    }
  }

  /// Puts the new one in the place of the old, where they differ.
  ///
  /// - Returns: What was wrong with the old one; `nil` where nothing was.
  func settle() throws -> String? {
    let fault = try self.fault()
    guard fault != nil else { return nil }
    try FileSystem.rename(path, to: directory.path(RunDirectory.ledger))
    try FileSystem.remove(directory.path(RunDirectory.ledger + "-journal"))
    return fault
  }

  private func fault() throws -> String? {
    guard let old else { return "it was missing or could not be read" }
    let rows = try Self.digest(of: ledger)
    // Damage to pages of the file is an error of its reader.
    guard let found = try? Self.digest(of: old), let faults = try? old.fileFaults() else {
      return "it was damaged"
    }
    if !faults.isEmpty { return "it was damaged: \(faults[0])" }
    return found == rows ? nil : "its rows were not those of its parts"
  }

  private static func digest(of ledger: Ledger) throws -> Digest {
    var hash = SHA256()
    try ledger.dump {
      hash.update($0.utf8)
      hash.update(CollectionOfOne(10))
    }
    return hash.finish()
  }
}
