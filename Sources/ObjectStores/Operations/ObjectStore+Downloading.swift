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
    try stream(uri, [range ?? 0..<info.size], of: info) { _, bytes in try take(bytes) }
  }

  /// Reads ranges of an object by several requests at once, and hands their pieces over in order.
  ///
  /// - Parameters:
  ///   - ranges: In whatever order; each that is longer than a piece takes several requests.
  ///   - take: Takes a piece and its offset in the object, on the calling thread.
  /// - Throws: ``ObjectStoreError``, and whatever `take` throws.
  public func stream(
    _ uri: ObjectURI, _ ranges: [Range<Int64>], of info: ObjectInfo,
    take: (Int64, [UInt8]) throws -> Void
  ) throws {
    let longest = Int64(max(configuration.pieceBytes, 1))
    var pieces: [Range<Int64>] = []
    for range in ranges {
      precondition(
        range.lowerBound >= 0 && range.upperBound <= info.size, "a range within the object")
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(longest)) {
        pieces.append(start..<min(start + longest, range.upperBound))
      }
    }
    let threads =
      uri.bucket == nil ? min(2, configuration.connections) : configuration.connections
    var taken = 0
    try InOrder.make(pieces.count, threads: threads, ahead: configuration.piecesAhead) {
      [pieces] (index) throws(ObjectStoreError) in
      try self.read(uri, pieces[index], of: info)
    } take: { bytes in
      try take(pieces[taken].lowerBound, bytes)
      taken += 1
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
