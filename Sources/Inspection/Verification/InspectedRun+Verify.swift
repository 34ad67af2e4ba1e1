internal import Documents
internal import Hashing
internal import ObjectStores
internal import Provenance
internal import RemoteArchives
internal import Storage

extension InspectedRun {
  /// Checks everything that can be checked of a run.
  ///
  /// - Parameters:
  ///   - traces: How many tokens of each corpus are traced back to their archive.
  ///   - seed: Draws the tokens.
  ///   - extract: Extracts a page again, so that the tokens' text is compared with it.
  /// - Returns: What was checked and found; a damaged file is a finding, not an error.
  /// - Throws: `LedgerError` where the ledger itself cannot be read.
  public func verify(
    traces: Int = 20, seed: UInt64 = 0, extract: RecordProof.Extract? = nil
  ) throws -> Verification {
    var verification = Verification()
    try verifyFiles(&verification)
    try verifyCounts(&verification)
    try verifyReferences(&verification)
    try verifyShards(&verification)
    try verifyLineage(&verification, traces: traces, seed: seed, extract: extract)
    return verification
  }

  private func verifyFiles(_ verification: inout Verification) throws {
    for input in try ledger.inputs() {
      let remedy = "bring the archive back as it was, or run the pipeline again over what there is"
      if input.archive.isRemote {
        checkObject(&verification, input.archive, remedy: remedy)
      } else {
        check(
          &verification, input.path, at: input.path, input.bytes, input.digest, remedy: remedy)
      }
    }
    for artefact in try ledger.artefacts() {
      // A path of a ledger from elsewhere must not lead out of the run directory.
      let parts = artefact.path.split(separator: "/", omittingEmptySubsequences: false)
      guard !parts.contains(".."), parts.first != "" else {
        verification.find(.files, artefact.path, "the path leads out of the run directory")
        continue
      }
      check(
        &verification, artefact.path, at: directory.path(artefact.path), artefact.bytes,
        artefact.digest, remedy: Finding.runAgain)
    }
  }

  /// Reads an archive that lies in a store, whole but without keeping it.
  private func checkObject(
    _ verification: inout Verification, _ archive: ArchiveName, remedy: String
  ) {
    verification.count(.files)
    do {
      let store = try ArchiveAccess.ofProcess.store()
      let uri = try ArchiveAccess.ofProcess.address(of: archive)
      let info = try store.head(uri)
      guard info.size == archive.byteCount else {
        verification.find(
          .files, archive.name,
          "it has \(info.size) bytes where \(archive.byteCount) were recorded", remedy: remedy)
        return
      }
      let found = try store.digest(uri, of: info)
      if found != archive.digest {
        verification.find(
          .files, archive.name,
          "its SHA-256 is \(found) where \(archive.digest) was recorded", remedy: remedy)
      }
    } catch {
      verification.find(.files, archive.name, "\(error)", remedy: remedy)
    }
  }

  private func check(
    _ verification: inout Verification, _ name: String, at path: String, _ bytes: Int64,
    _ digest: Digest, remedy: String
  ) {
    verification.count(.files)
    guard let size = FileSystem.size(path) else {
      verification.find(.files, name, "the file is missing", remedy: remedy)
      return
    }
    guard size == bytes else {
      verification.find(
        .files, name, "it has \(size) bytes where \(bytes) were recorded", remedy: remedy)
      return
    }
    do throws(StorageError) {
      let found = try Digest(ofFile: path)
      if found != digest {
        verification.find(
          .files, name, "its SHA-256 is \(found) where \(digest) was recorded", remedy: remedy)
      }
    } catch {
      verification.find(.files, name, "\(error)", remedy: remedy)
    }
  }

  private func verifyReferences(_ verification: inout Verification) throws {
    let integrity = try ledger.integrityFaults()
    verification.count(.references, Ledger.integrityCheckCount)
    for fault in integrity {
      verification.find(
        .references, fault.what, "\(fault.count) of them, such as \(fault.example)",
        remedy: "`weft verify RUN --repair` makes the ledger anew from its parts")
    }
  }
}
