internal import Documents
internal import Foundation
internal import Hashing
internal import Sharding
internal import Storage

/// The checkpoints in a run directory, and which of them were trained on the shards that are there.
struct TrainedCheckpoints {
  private struct State: Decodable { var shards: Digest }

  private let directory: RunDirectory
  /// What checkpoints of the shards state: one digest for each choice of corpora.
  private let digests: Set<Digest>

  init(_ directory: RunDirectory) throws {
    self.directory = directory
    let indexes = try Corpus.allCases.map { try Self.index(of: $0, in: directory) }
    digests = Set(
      (1..<1 << indexes.count).map { choice in
        let chosen = indexes.indices.filter { choice >> $0 & 1 == 1 }.compactMap { indexes[$0] }
        let held = chosen.filter { $0.counts(.validation).sequences > 0 }
        return Digest(of: (chosen + held).flatMap { $0.shards.flatMap(\.sha256.bytes) })
      })
  }

  /// The index of a corpus's shards; `nil` where there is none.
  private static func index(of corpus: Corpus, in directory: RunDirectory) throws -> ShardIndex? {
    let path = directory.path(CatalogStage.path(corpus))
    return FileSystem.isFile(path) ? try ShardIndex(path: path) : nil
  }

  /// All checkpoints, also those that were set aside, by path.
  func all() throws -> [ForgottenRecord.Checkpoint] {
    let folders = try Directory.names(in: directory.root).filter {
      $0.hasPrefix(RunDirectory.checkpoints) && Directory.isDirectory(directory.path($0))
    }
    return try folders.flatMap { folder in
      try Directory.names(in: directory.path(folder)).compactMap { name in
        let path = "\(folder)/\(name)"
        let file = directory.path("\(path)/state.json")
        guard FileSystem.isFile(file),
          let state = try? JSONDecoder().decode(State.self, from: Data(FileSystem.read(file)))
        else { return nil }
        return ForgottenRecord.Checkpoint(
          path: path, shards: state.shards, isOfTheseShards: digests.contains(state.shards))
      }
    }
  }
}
