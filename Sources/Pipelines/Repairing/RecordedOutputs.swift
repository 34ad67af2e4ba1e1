internal import Documents
internal import Provenance

/// What is known of the files of a run beside their manifests: by the ledger, and by what was forgotten.
struct RecordedOutputs {
  private var artefacts: [String: Digest] = [:]
  private var original: [String: Digest] = [:]
  private var amended: [String: Digest] = [:]

  /// Gathers what is there; a ledger that cannot be read tells nothing.
  init(_ directory: RunDirectory, ledger: Ledger?) throws {
    for row in (try? ledger?.artefacts()) ?? [] { artefacts[row.path] = row.digest }
    for part in (try? ledger?.parts()) ?? [] {
      artefacts[RunDirectory.ledgerPart(part.stage, part.partition)] = part.digest
    }
    for file in try ForgottenRecord.all(of: directory).flatMap(\.files) {
      if original[file.path] == nil { original[file.path] = file.before }
      amended[file.path] = file.after
    }
  }

  /// The SHA-256 that a file should have.
  func digest(of path: String) -> Digest? { amended[path] ?? artefacts[path] }

  /// The SHA-256 that a file was made with, where something was forgotten of it since.
  ///
  /// Keys of later partitions are made of it, but for those of shards.
  func original(_ path: String, of stage: StageName) -> Digest? {
    stage.isCutByForgetting ? nil : original[path]
  }

  /// A manifest with what the records of forgetting say of its files.
  func corrected(_ manifest: PartitionManifest) -> PartitionManifest {
    var corrected = manifest
    for index in corrected.outputs.indices {
      let path = corrected.outputs[index].path
      guard let first = original(path, of: manifest.stage), let last = amended[path] else {
        continue
      }
      corrected.outputs[index].digest = first
      corrected.outputs[index].amended = last
    }
    return corrected
  }
}
