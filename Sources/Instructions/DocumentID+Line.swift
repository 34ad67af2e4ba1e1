public import Documents
internal import Hashing

extension DocumentID {
  /// The identity of a line of a file of instructions.
  ///
  /// It is the first 16 bytes of the SHA-256 of `weft-instruction`, a zero byte, the SHA-256 of the file,
  /// and the line's offset and length in the decompressed file as little-endian 64-bit integers.
  public init(file: Digest, line: Range<Int64>) {
    var hash = SHA256()
    hash.update("weft-instruction".utf8)
    hash.update(CollectionOfOne(0))
    hash.update(file.bytes)
    for number in [line.lowerBound, line.upperBound - line.lowerBound] {
      let bits = UInt64(bitPattern: number)
      hash.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
    }
    guard let identity = DocumentID(bytes: hash.finish().bytes.prefix(DocumentID.byteCount)) else {
      fatalError("a digest has more than 16 bytes")
    }
    self = identity
  }
}
