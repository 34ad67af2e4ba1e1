public import Documents
internal import Hashing
public import Safetensors
public import Storage

/// A shard that is read once, from its beginning to its end: out of a pipe or an object store.
///
/// The header is checked as ``Shard`` checks it; then the tensors' bytes come in the order of the file, a
/// piece at a time, and at the end the digest of all of them is held against the index's. A sequence cannot be
/// put together on the way, since its loss mask stands behind all features: who trains writes the pieces
/// to a file and opens that.
public final class ShardStream {
  /// What the shard was made of.
  public let description: ShardDescription
  /// How much is in it.
  public let counts: ShardCounts

  private let path: String
  private let expected: Digest?
  private let source: DigestedSource
  private var stream: SafetensorsStream

  /// Reads the header of a shard.
  ///
  /// - Parameters:
  ///   - source: The bytes.
  ///   - digest: The SHA-256 that the index states; `nil` checks none.
  /// - Throws: ``ShardingError`` where it cannot be read, is no shard, or is of another version.
  public init(_ source: ByteStream, digest: Digest? = nil) throws(ShardingError) {
    let source = DigestedSource(source)
    let stream = try Self.checked(source.path) {
      try SafetensorsStream(path: source.path) { try source.read($0) }
    }
    let header = try FormatHeader(
      path: stream.path, stream.metadata, format: Shard.format, versions: 1...Shard.version)
    description = try ShardDescription(header)
    counts = try ShardCounts(header)
    path = source.path
    expected = digest
    self.source = source
    self.stream = stream
  }

  /// The tensors, in the order in which their data come.
  public var tensors: [TensorDescription] { stream.tensors }

  /// The next piece of data; `nil` after the last, when the digest is right.
  ///
  /// - Throws: ``ShardingError`` where the shard was cut short, goes on behind its last tensor, or is not the
  ///   one of the digest.
  public func next() throws(ShardingError) -> SafetensorsStream.Piece? {
    if let piece = try Self.checked(path, { try stream.next() }) { return piece }
    let found = source.finish()
    guard expected == nil || found == expected else {
      throw ShardingError(
        .damaged, path: path,
        "its SHA-256 is \(found), not the \(expected?.description ?? "") of the index; fetch it again"
      )
    }
    return nil
  }

  /// Does something that fails as a safetensors file or as a stream does.
  private static func checked<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(ShardingError) -> Value {
    do { return try body() } catch let error as SafetensorsError {
      throw ShardingError(error)
    } catch let error as StorageError { throw ShardingError(error) } catch {
      throw ShardingError(.unreadable, path: path, "\(error)")
    }
  }
}

/// Bytes that are digested as they are read.
private final class DigestedSource {
  private let source: ByteStream
  private var hash = SHA256()
  private var digest: Digest?

  init(_ source: ByteStream) { self.source = source }

  var path: String { source.path }

  func read(_ count: Int) throws(StorageError) -> [UInt8] {
    let bytes = try source.read(count)
    hash.update(bytes)
    return bytes
  }

  /// The digest of all bytes; after the first call always the same.
  func finish() -> Digest {
    if let digest { return digest }
    var ended = SHA256()
    swap(&ended, &hash)
    let digest = ended.finish()
    self.digest = digest
    return digest
  }
}
