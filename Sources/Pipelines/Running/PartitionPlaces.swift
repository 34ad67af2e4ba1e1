internal import Documents
internal import Storage

/// Where the partitions of a stage are in a run directory: asked and changed by one driver at a time.
struct PartitionPlaces: Sendable {
  let stage: StageName
  let directory: RunDirectory
  var mirror: RunMirror?

  /// The path of a partition's manifest.
  func manifest(_ partition: Int) -> String {
    directory.path(RunDirectory.manifest(stage, partition))
  }

  /// Whether a partition is there as it would be made now.
  func isDone(_ partition: Partition) -> Bool {
    isDone(partition.index, key: partition.key.digest(stage: stage, partition: partition.index))
  }

  /// Whether a partition of a key is there.
  func isDone(_ partition: Int, key: Digest) -> Bool {
    let path = manifest(partition)
    guard FileSystem.isFile(path), let found = try? PartitionManifest.read(path) else {
      return false
    }
    return found.key == key
      && found.outputs.allSatisfy {
        mirror?.holds($0) ?? (FileSystem.size(directory.path($0.path)) == $0.bytes)
      }
  }

  /// Withdraws the manifest of an earlier run before its outputs are overwritten.
  ///
  /// A crash in between must not leave an old manifest beside new outputs.
  func withdraw(_ partition: Int) throws -> PartitionManifest? {
    let path = manifest(partition)
    guard FileSystem.isFile(path) else { return nil }
    let found = try? PartitionManifest.read(path)
    try mirror?.withdraw(stage, partition)
    try FileSystem.remove(path)
    return found
  }

  /// Says that a partition is done, and removes what an earlier run had made of it and this one does not.
  func finish(_ made: PartitionManifest, after earlier: PartitionManifest?) throws {
    try made.write(to: manifest(made.partition))
    let kept = Set(made.outputs.map(\.path))
    for output in earlier?.outputs ?? [] where !kept.contains(output.path) {
      try FileSystem.remove(directory.path(output.path))
    }
    try mirror?.publish(made)
  }
}
