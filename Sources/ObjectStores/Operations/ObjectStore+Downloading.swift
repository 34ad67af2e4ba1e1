public import Documents
internal import Hashing
internal import Storage

extension ObjectStore {
  /// Reads a range of an object, large or small, by several requests at once, and hands its pieces over in
  /// order.
  ///
  /// Memory is bounded by ``StoreConfiguration/pieceBytes`` times the pieces under way and ahead.
  ///
  /// - Parameters:
  ///   - info: The state that is read; a piece of another one ends it with `changed`.
  ///   - take: Takes a piece, on the calling thread.
  /// - Throws: ``ObjectStoreError``, and whatever `take` throws.
  public func stream(
    _ uri: ObjectURI, _ range: Range<Int64>? = nil, of info: ObjectInfo,
    take: ([UInt8]) throws -> Void
  ) throws {
    let range = range ?? 0..<info.size
    precondition(
      range.lowerBound >= 0 && range.upperBound <= info.size, "a range within the object")
    let piece = Int64(max(configuration.pieceBytes, 1))
    let count = Int((Int64(range.count) + piece - 1) / piece)
    let threads =
      uri.bucket == nil ? min(2, configuration.connections) : configuration.connections
    try InOrder.make(count, threads: threads, ahead: configuration.piecesAhead) {
      (index) throws(ObjectStoreError) in
      let start = range.lowerBound + Int64(index) * piece
      return try self.read(uri, start..<min(start + piece, range.upperBound), of: info)
    } take: {
      try take($0)
    }
  }

  /// Copies an object to a file, which appears whole or not at all.
  ///
  /// - Parameter isStopped: Asked between pieces; on true the copy is given up.
  /// - Returns: The SHA-256 of the bytes.
  /// - Throws: ``ObjectStoreError``, `StorageError` for the file, `CancellationError` where it was stopped.
  @discardableResult
  public func download(
    _ uri: ObjectURI, to path: String, of info: ObjectInfo, isStopped: () -> Bool = { false }
  ) throws -> Digest {
    let file = try AtomicFile(path: path)
    var hash = SHA256()
    try stream(uri, of: info) { piece in
      if isStopped() { throw CancellationError() }
      hash.update(piece)
      try file.write(piece)
    }
    try file.commit()
    return hash.finish()
  }

  /// Digests an object's bytes without keeping them.
  ///
  /// - Throws: ``ObjectStoreError``, `CancellationError` where it was stopped.
  public func digest(
    _ uri: ObjectURI, of info: ObjectInfo, isStopped: () -> Bool = { false }
  ) throws -> Digest {
    var hash = SHA256()
    try stream(uri, of: info) { piece in
      if isStopped() { throw CancellationError() }
      hash.update(piece)
    }
    return hash.finish()
  }
}
