public import Documents
internal import Foundation
internal import Hashing
public import Storage

/// The shards of one corpus: `index.json` beside them.
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
  /// The largest index that is read, in bytes.
  public static let sizeLimit = 256 << 20

  /// The name of the format, for whoever finds the file.
  public var format = ShardIndex.format
  /// The version of the format.
  public var version = ShardIndex.version
  /// The corpus.
  public var corpus: Corpus
  /// The shards, those for training first, by name.
  public var shards: [Entry]

  /// Makes an index of shards.
  public init(corpus: Corpus, shards: [Entry]) {
    self.corpus = corpus
    self.shards = shards
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Strings and numbers that are no fractions: nothing here that JSON cannot hold.
    guard let json = try? encoder.encode(self) else { fatalError("an index is encodable") }
    try AtomicFile.write(json + [0x0A], to: "\(directory)/\(Self.fileName)")
  }

  /// Reads the index of a directory.
  ///
  /// - Throws: ``ShardingError`` where it cannot be read, is no index, or names a file elsewhere.
  public init(directory: String) throws(ShardingError) {
    let path = "\(directory)/\(Self.fileName)"
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
