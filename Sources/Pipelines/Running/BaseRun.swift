public import Documents
internal import Foundation
public import Sharding
internal import Storage

/// A finished run that another goes on from: its tokenizer, encoder, shards and last checkpoint.
///
/// Nothing of it is copied but the tokenizer. Its files are known by the digests of its manifests, so that
/// what is made of them is made again where they change.
public struct BaseRun: Sendable {
  /// The run's directory.
  public let directory: RunDirectory
  /// How its shards were made.
  public let shards: ShardDescription
  /// The path of its last checkpoint's directory.
  public let checkpoint: String
  /// The file of its vision encoder.
  public let encoder: String
  /// The files that are taken: the tokenizer, the shards and the checkpoint.
  let files: [PartitionManifest.Output]

  /// Opens a run and checks that it is finished and its files are there.
  ///
  /// - Throws: ``RunError`` where the directory is no run, its training is not done, a file is missing or of
  ///   another size, or it goes on from another run itself; `ShardingError` where a shard is damaged.
  public init(_ path: String) throws {
    let directory = RunDirectory(path)
    self.directory = directory
    let run = try RunFile.read(directory)
    if let other = run.pipeline.base {
      throw RunError(
        .input,
        "base: '\(path)' itself goes on from '\(other)' and has no shards of a crawl; name that one"
      )
    }
    let names =
      Corpus.crawled.map { RunDirectory.shards($0) + "/" } + [
        RunDirectory.tokenizer, RunDirectory.checkpoints + "/",
      ]
    let files = try [StageName.tokenizer, .shard, .catalog, .train].flatMap { stage in
      let manifests = try PartitionManifest.all(of: stage, in: directory)
      if manifests.isEmpty { throw Self.unfinished(path, stage) }
      return manifests.flatMap(\.outputs)
    }.filter { file in names.contains { file.path.hasPrefix($0) } }
    self.files = files
    try Self.requireFiles(files, in: directory)
    let model = files.first {
      $0.path.hasPrefix(RunDirectory.checkpoints) && $0.path.hasSuffix("/model.safetensors")
    }
    guard let model else { throw Self.unfinished(path, .train) }
    checkpoint = directory.path(String(model.path.dropLast("/model.safetensors".count)))
    let shard = files.first {
      $0.path.hasPrefix("shards/") && $0.path.hasSuffix(".safetensors")
    }
    guard let shard else {
      throw Self.unfinished(path, .shard)
    }
    shards = try Shard(path: directory.path(shard.path)).description
    encoder = run.pipeline.encoder.weights ?? directory.path(RunDirectory.randomEncoder)
    guard FileSystem.isFile(encoder) else {
      throw RunError(
        .damaged, "base: the vision encoder of '\(path)', '\(encoder)', is missing; bring it back")
    }
  }

  /// The digests of everything that is taken.
  public var digests: [Digest] { files.map(\.digest) + [shards.encoder] }

  private static func unfinished(_ path: String, _ stage: StageName) -> RunError {
    RunError(
      .input,
      "base: the run in '\(path)' is not finished: its stage '\(stage.rawValue)' is not done; end it by "
        + "`weft run` on its pipeline")
  }

  private static func requireFiles(
    _ files: [PartitionManifest.Output], in directory: RunDirectory
  ) throws {
    for file in files {
      let path = directory.path(file.path)
      let size = FileSystem.size(path)
      if size == file.bytes { continue }
      let found = size.map { "has \($0) bytes where \(file.bytes) were recorded" } ?? "is missing"
      throw RunError(
        .damaged, "base: '\(path)' \(found); mend it by `weft run` on the pipeline of that run")
    }
  }
}
