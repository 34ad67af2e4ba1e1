public import Documents

/// One archive that a run reads: a partition of the first stages.
public struct RunInput: Hashable, Sendable, Codable {
  /// The index of the archive among the run's inputs, sorted by path.
  public var input: Int
  /// The path as the pipeline names it.
  public var path: String
  /// The size in bytes.
  public var byteCount: Int64
  /// The SHA-256 of the file.
  public var digest: Digest

  /// Makes an input from its parts.
  public init(input: Int, path: String, byteCount: Int64, digest: Digest) {
    self.input = input
    self.path = path
    self.byteCount = byteCount
    self.digest = digest
  }
}
