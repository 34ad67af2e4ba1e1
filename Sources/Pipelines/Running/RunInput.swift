public import Documents
public import ObjectStores
internal import RemoteArchives

/// One archive that a run reads: a partition of the first stages.
public struct RunInput: Hashable, Sendable, Codable {
  /// The index of the archive among the run's inputs, sorted by path.
  public var input: Int
  /// The path as the pipeline names it, or the address of an object without its secrets.
  public var path: String
  /// The size in bytes.
  public var byteCount: Int64
  /// The SHA-256 of the file.
  public var digest: Digest
  /// What the store says of the object; `nil` for a file.
  public var object: ObjectInfo?

  /// Makes an input from its parts.
  public init(
    input: Int, path: String, byteCount: Int64, digest: Digest, object: ObjectInfo? = nil
  ) {
    self.input = input
    self.path = path
    self.byteCount = byteCount
    self.digest = digest
    self.object = object
  }
}

extension RunInput {
  /// The archive as the way to its bytes names it.
  var archive: ArchiveName {
    ArchiveName(name: path, byteCount: byteCount, digest: digest, object: object)
  }
}
