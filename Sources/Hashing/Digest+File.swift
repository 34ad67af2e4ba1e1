public import Documents
public import Storage

extension Digest {
  /// Digests a file.
  public init(ofFile path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    var hash = SHA256()
    file.withBytes { bytes in
      hash.update(bytes)
    }
    self = hash.finish()
  }
}
