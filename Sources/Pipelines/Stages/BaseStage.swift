public import Documents
internal import Hashing
internal import Sharding
internal import Storage

/// Takes over what a finished run made: proves its files by their digests, and copies its tokenizer.
public struct BaseStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .base }

  /// Plans the one partition, or none where the run reads archives.
  public func plan(_ run: RunContext) throws -> [Partition] {
    guard let base = run.base else { return [] }
    let work = base.files.reduce(0) { $0 + $1.bytes }
    return [
      Partition(index: 0, key: PartitionKey().reading(base.digests), work: work) { writer in
        try take(base, writer: writer)
      }
    ]
  }

  private func take(_ base: BaseRun, writer: PartitionWriter) throws -> StageCounts {
    for file in base.files {
      try writer.checkInterruption()
      try require(file.digest, of: base.directory.path(file.path))
      writer.advance(by: file.bytes)
    }
    try require(base.shards.encoder, of: base.encoder)
    let tokenizer = try FileSystem.read(base.directory.path(RunDirectory.tokenizer))
    try AtomicFile.write(tokenizer, to: writer.output(RunDirectory.tokenizer))
    return StageCounts()
  }

  private func require(_ digest: Digest, of path: String) throws {
    let found = try Digest(ofFile: path)
    if found == digest { return }
    throw RunError(
      .damaged,
      "base: '\(path)' is damaged or was changed: its SHA-256 is \(found) where \(digest) was recorded; "
        + "bring it back as it was, or make that run again")
  }
}
