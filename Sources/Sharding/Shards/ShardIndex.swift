public import Documents
internal import Foundation
internal import Hashing
public import Storage

/// The shards of one corpus: `index.json` beside them; or those of one range of its documents.
public struct ShardIndex: Hashable, Sendable, Codable {
  /// One shard.
  public struct Entry: Hashable, Sendable, Codable {
    /// The name of its file in the index's directory.
    public var file: String
    /// Whether its sequences are for training or held out.
    public var split: Split
    /// How much is in it.
    public var counts: ShardCounts
    /// The size of the file in bytes.
    public var bytes: Int64
    /// The digest of the file.
    public var sha256: Digest

    /// Makes an entry from its parts.
    public init(file: String, split: Split, counts: ShardCounts, bytes: Int64, sha256: Digest) {
      self.file = file
      self.split = split
      self.counts = counts
      self.bytes = bytes
      self.sha256 = sha256
    }

    /// The shard's number, which its file's name holds.
    public var number: Int? { Int(file.filter(\.isNumber)) }

    /// Reads the facts of a shard that was written into a directory.
    public init(file: String, in directory: String) throws(ShardingError) {
      let path = "\(directory)/\(file)"
      let shard = try Shard(path: path)
      do throws(StorageError) {
        self.init(
          file: file, split: shard.description.split, counts: shard.counts,
          bytes: Int64(shard.byteCount), sha256: try Digest(ofFile: path))
      } catch { throw ShardingError(error) }
    }
  }

  /// The name of the format.
  public static let format = "weft-shard-index"
  /// The version of the format.
  public static let version = 1
  /// The name of the file.
  public static let fileName = "index.json"
  /// The most shards of a range of the corpus's documents.
  ///
  /// The shards of range 2 are numbered from 200,000 on, so that a range is numbered without another.
  public static let shardsPerRange = 100_000
  /// The most ranges of a corpus: the ledger keeps a shard's number in 31 bits.
  public static let rangeLimit = Int(Int32.max) / shardsPerRange
  /// The largest index that is read, in bytes.
  public static let sizeLimit = 256 << 20

  /// The name of the format, for whoever finds the file.
  public var format = ShardIndex.format
  /// The version of the format.
  public var version = ShardIndex.version
  /// The corpus.
  public var corpus: Corpus
  /// The shards, those for training first, by number.
  public var shards: [Entry]

  /// Makes an index of shards.
  public init(corpus: Corpus, shards: [Entry]) {
    self.corpus = corpus
    self.shards = shards
  }

  /// Joins the indexes of all ranges of a corpus, given in their order.
  ///
  /// - Precondition: They are of the corpus.
  public init(corpus: Corpus, joining ranges: [ShardIndex]) {
    precondition(ranges.allSatisfy { $0.corpus == corpus }, "ranges of one corpus are joined")
    self.init(
      corpus: corpus,
      shards: Split.allCases.flatMap { split in
        ranges.flatMap { range in range.shards.filter { $0.split == split } }
      })
  }

  /// The name of the shard of a number: `shard-00000.safetensors`.
  public static func shardName(_ number: Int) -> String {
    let digits = String(number)
    return "shard-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      + ".safetensors"
  }

  /// The counts of all shards of a split, or of both.
  public func counts(_ split: Split? = nil) -> ShardCounts {
    var sum = ShardCounts()
    for shard in shards where split == nil || shard.split == split { sum.add(shard.counts) }
    return sum
  }

  /// Writes the index into a directory, whole or not at all.
  public func write(to directory: String) throws(StorageError) {
    try write(toFile: "\(directory)/\(Self.fileName)")
  }

  /// Writes the index into a file, whole or not at all.
  public func write(toFile path: String) throws(StorageError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Strings and numbers that are no fractions: nothing here that JSON cannot hold.
    guard let json = try? encoder.encode(self) else { fatalError("an index is encodable") }
    try AtomicFile.write(json + [0x0A], to: path)
  }

  /// Reads the index of a directory.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no index, or names a file elsewhere.
  public init(directory: String) throws(ShardingError) {
    try self.init(path: "\(directory)/\(Self.fileName)")
  }

  /// Reads an index.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no index, or names a file elsewhere.
  public init(path: String) throws(ShardingError) {
    let bytes: [UInt8]
    do throws(StorageError) {
      bytes = try FileSystem.read(path, limit: Self.sizeLimit)
    } catch { throw ShardingError(error) }
    do {
      self = try JSONDecoder().decode(ShardIndex.self, from: Data(bytes))
    } catch {
      throw ShardingError(
        .damaged, path: path, "it is no index of shards (\(Self.explain(error))); make it again")
    }
    guard format == Self.format, version == Self.version else {
      throw ShardingError(
        .wrongVersion, path: path,
        "it is version \(version) of '\(format)', but this weft reads version \(Self.version) of"
          + " '\(Self.format)'; make the shards again with this weft")
    }
    for shard in shards {
      guard !shard.file.contains("/"), !shard.file.hasPrefix("."), shard.counts.arePlausible else {
        throw ShardingError(
          .damaged, path: path,
          "it names '\(shard.file)', which is no file beside it or has impossible counts;"
            + " make the shards again")
      }
    }
  }

  private static func explain(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
    default: "\(error)"
    }
  }
}
