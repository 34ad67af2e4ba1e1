public import Documents
internal import Foundation
internal import Storage

/// What one partition of a stage made: written last, so that its presence means "done".
///
/// It holds no time and no absolute path: the same inputs give the same manifest anywhere.
public struct PartitionManifest: Hashable, Sendable, Codable {
  /// A file that a partition made.
  public struct Output: Hashable, Sendable, Codable {
    /// The path relative to the run directory.
    public var path: String
    /// The size in bytes.
    public var bytes: Int64
    /// The SHA-256 of the file as the partition made it, which keys of later partitions are made of.
    public var digest: Digest
    /// The SHA-256 of the file as it is, where `weft forget` has rewritten it.
    ///
    /// What was made of the file was rewritten with it, so that nothing need be made again.
    public var amended: Digest?
    /// The size that the partition made the file with, where `weft forget` has rewritten it: stages that
    /// divide their work by it go on to divide it so.
    public var originalBytes: Int64?
    /// The images that are no longer listed in the file, where it lists images.
    public var removed: [Digest]?

    /// Makes an output from its parts.
    public init(path: String, bytes: Int64, digest: Digest) {
      self.path = path
      self.bytes = bytes
      self.digest = digest
    }

    /// The SHA-256 of the file as it is.
    var current: Digest { amended ?? digest }

    /// The size that the partition made the file with.
    var madeBytes: Int64 { originalBytes ?? bytes }
  }

  /// The name of the format.
  public var format = "weft-manifest"
  /// The version of the format.
  public var version = 1
  /// The stage.
  public var stage: StageName
  /// The partition of the stage.
  public var partition: Int
  /// The digest of everything the outputs depend on: inputs, configuration, version of weft.
  public var key: Digest
  /// What the partition made.
  public var outputs: [Output]
  /// What entered, went on and was dropped.
  public var counts: StageCounts

  /// Makes a manifest from its parts.
  public init(
    stage: StageName, partition: Int, key: Digest, outputs: [Output], counts: StageCounts
  ) {
    self.stage = stage
    self.partition = partition
    self.key = key
    self.outputs = outputs
    self.counts = counts
  }
}

extension PartitionManifest {
  /// Reads a manifest.
  ///
  /// - Throws: ``RunError`` where the file is not a manifest of this version.
  static func read(_ path: String) throws -> PartitionManifest {
    let bytes = try FileSystem.read(path, limit: 1 << 28)
    guard let manifest = try? JSONDecoder().decode(PartitionManifest.self, from: Data(bytes)),
      manifest.format == "weft-manifest", manifest.version == 1
    else {
      throw RunError(
        .damaged,
        "'\(path)' is not a manifest of this version of weft; remove it to make its part again")
    }
    return manifest
  }

  /// The manifests of a stage of a run, in the order of its partitions; none where it was not begun.
  static func all(
    of stage: StageName, in directory: RunDirectory
  ) throws -> [PartitionManifest] {
    let folder = directory.path("work/manifests/\(stage.rawValue)")
    guard Directory.isDirectory(folder) else { return [] }
    return try Directory.names(in: folder).filter { $0.hasSuffix(".json") }
      .map { try read(folder + "/" + $0) }.sorted { $0.partition < $1.partition }
  }

  /// Writes the manifest, which says that its partition is done.
  func write(to path: String) throws { try AtomicFile.write(bytes, to: path) }

  private var bytes: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }

  /// Reads a manifest that has the very bytes that weft writes; `nil` where it has not.
  ///
  /// A key that is spelled otherwise would be passed over, and what it says be lost.
  static func sound(_ path: String) -> PartitionManifest? {
    guard let found = try? FileSystem.read(path, limit: 1 << 28),
      let manifest = try? read(path), let bytes = try? manifest.bytes
    else { return nil }
    return bytes == found ? manifest : nil
  }
}
