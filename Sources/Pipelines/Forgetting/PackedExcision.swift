internal import Documents
internal import Sharding
internal import Storage

/// Takes what goes out of the shards of a run, range by range, and writes the lists and indexes that name
/// them.
struct PackedExcision {
  let directory: RunDirectory
  let staged: StagedFiles?
  private let ranges: [PackedRange]
  /// The indexes that are there.
  private let indexes: Set<String>
  /// The shards that were rewritten, by corpus and number.
  private(set) var rewritten: [Corpus: [Int: RewrittenShard]] = [:]

  /// Finds the ranges that manifests tell of.
  init(
    directory: RunDirectory, manifests: [PartitionManifest], staged: StagedFiles?
  ) throws {
    self.directory = directory
    self.staged = staged
    ranges = try PackedRange.all(in: manifests.filter { $0.stage == .shard })
    indexes = Set(manifests.filter { $0.stage == .catalog }.flatMap(\.outputs).map(\.path))
  }

  /// The path of the first shard of a corpus; `nil` where it has none.
  func first(of corpus: Corpus) throws -> String? {
    for range in ranges where range.corpus == corpus {
      if let entry = try list(range).shards.first {
        return directory.path("\(RunDirectory.shards(corpus))/\(entry.file)")
      }
    }
    return nil
  }

  /// Rewrites the shards of a corpus, or only counts where nothing is staged.
  ///
  /// - Returns: What became of each shard that holds something of it, with the partition that made it.
  mutating func rewrite(
    _ corpus: Corpus, _ excision: ShardExcision
  ) throws -> [(partition: Int, shard: RewrittenShard)] {
    var results: [(partition: Int, shard: RewrittenShard)] = []
    var lists: [ShardIndex] = []
    for range in ranges where range.corpus == corpus {
      var list = try list(range)
      let found = try rewrite(&list, excision)
      lists.append(list)
      results += found.map { (range.partition, $0) }
      guard let staged, !found.isEmpty else { continue }
      try list.write(toFile: staged.path(range.list.path))
      try staged.add(range.list.path)
    }
    let path = CatalogStage.path(corpus)
    if let staged, !results.isEmpty, indexes.contains(path) {
      try ShardIndex(corpus: corpus, joining: lists).write(toFile: staged.path(path))
      try staged.add(path)
    }
    return results
  }

  private mutating func rewrite(
    _ list: inout ShardIndex, _ excision: ShardExcision
  ) throws -> [RewrittenShard] {
    let folder = RunDirectory.shards(list.corpus)
    var results: [RewrittenShard] = []
    list.shards = try list.shards.compactMap { entry in
      let relative = "\(folder)/\(entry.file)"
      let shard = try Shard(path: directory.path(relative))
      let target = staged?.path(folder)
      guard let result = try excision.rewrite(shard, named: entry.file, into: target) else {
        return entry
      }
      guard let number = entry.number else {
        preconditionFailure("a shard's name holds its number")
      }
      results.append(result)
      rewritten[list.corpus, default: [:]][number] = result
      if result.entry == nil { try staged?.remove(relative) } else { try staged?.add(relative) }
      return result.entry
    }
    return results
  }

  private func list(_ range: PackedRange) throws -> ShardIndex {
    try ShardIndex(path: directory.path(range.list.path))
  }
}

extension PackedExcision {
  /// The key of an index over the lists as they are staged, so that nobody makes it anew; `nil` where it
  /// was not made of the lists as they were.
  func key(of manifest: PartitionManifest) -> Digest? {
    let corpus = Corpus.allCases.first { corpus in
      manifest.outputs.contains { $0.path == CatalogStage.path(corpus) }
    }
    let lists = ranges.filter { $0.corpus == corpus }.map(\.list)
    func key(_ digests: [Digest]) -> Digest {
      CatalogStage.key(digests).digest(stage: .catalog, partition: manifest.partition)
    }
    guard manifest.key == key(lists.map(\.digest)) else { return nil }
    return key(lists.map { staged?.file($0.path)?.after ?? $0.digest })
  }
}
