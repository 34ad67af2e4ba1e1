public import Documents
public import Storage

extension Digest {
  /// How many bytes of a file are in memory at a time.
  private static let piece = 1 << 22

  /// Digests a file.
  public init(ofFile path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    var hash = SHA256()
    var start = 0
    while start < file.count {
      let end = min(start + Self.piece, file.count)
      file.withBytes { hash.update($0[start..<end]) }
      file.release(start..<end)
      start = end
    }
    self = hash.finish()
  }
}
