internal import Documents
internal import Hashing
internal import Provenance
internal import Storage

/// The archives of fetched images as inputs of a run, after those of the crawl.
enum FetchedInputs {
  /// The directory of the archives in a run.
  static func directory(_ run: RunContext) -> String { run.directory.path("fetched") }

  /// All that hold images.
  static func all(of run: RunContext) throws -> [RunInput] {
    try run.ledger.fetchSegments().enumerated().map { index, segment in
      let path = run.directory.path(RunDirectory.fetched(segment))
      guard let bytes = FileSystem.size(path) else {
        throw RunError(
          .damaged,
          "'\(path)' is missing, and the ledger says that it holds images; remove the ledger to "
            + "fetch them again")
      }
      return RunInput(
        input: run.crawlCount + index, path: path, byteCount: bytes,
        digest: try Digest(ofFile: path))
    }
  }
}
