public import Documents

extension RecordID {
  /// The identity of the record at a place in an archive; see ``RecordID`` for its definition.
  ///
  /// - Parameters:
  ///   - archive: The SHA-256 of the archive file.
  ///   - memberOffset: The byte offset of the record's member in the file.
  ///   - recordOffset: The record's offset in the member's decompressed bytes.
  public init(archive: Digest, memberOffset: Int64, recordOffset: Int64) {
    var hash = SHA256()
    hash.update("weft-record".utf8)
    hash.update(CollectionOfOne(0))
    hash.update(archive.bytes)
    for offset in [memberOffset, recordOffset] {
      let bits = UInt64(bitPattern: offset)
      hash.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
    }
    guard let identity = RecordID(bytes: hash.finish().bytes.prefix(RecordID.byteCount)) else {
      fatalError("a digest has more than 16 bytes")
    }
    self = identity
  }
}
