internal import Documents
internal import Foundation
internal import Storage

/// What a worker says of a partition that it has made: which attempt holds the outputs.
///
/// Its name holds the partition and the key, and the first to give it that name wins: of any number of
/// attempts at one key, which have the same outputs, one counts. An attempt at another key has another
/// name, and is never looked at.
struct PartitionCommit: Hashable, Sendable, Codable {
  var format = "weft-commit"
  var version = 1
  /// The name of the attempt, under which its outputs lie.
  var attempt: String
  /// How often something had been forgotten when the attempt began.
  var forgettings: Int
  /// What was made, by the names that the outputs will have.
  var manifest: PartitionManifest
  /// How many things were taken over from an earlier run.
  var reused: Int
  /// What the user should know.
  var warnings: [String]

  /// The name of a new attempt, which no other has: host and process for those who look, and 64 random bits.
  static func newAttempt() -> String {
    let host = ProcessInfo.processInfo.hostName.prefix(64).filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
    }
    let random = String(UInt64.random(in: 0...(.max)), radix: 16)
    return "\(host)-\(ProcessInfo.processInfo.processIdentifier)-\(random)"
  }

  /// Commits, unless another attempt has.
  ///
  /// - Returns: Whether this attempt is the one that counts.
  func commit(in directory: RunDirectory) throws -> Bool {
    let own = directory.path(folder) + "/commit.json"
    try AtomicFile.write(encoded(), to: own)
    return try FileSystem.link(own, as: directory.path(name))
  }

  /// The commit as bytes.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// The directory of the attempt's outputs, relative to the run directory.
  var folder: String { RunDirectory.attempt(manifest.stage, manifest.partition, attempt) }

  /// Where the commit is, relative to the run directory.
  var name: String { RunDirectory.commit(manifest.stage, manifest.partition, manifest.key) }

  /// Reads a commit; `nil` where the file is none, or has not the name of its partition and key.
  static func read(_ path: String) throws -> PartitionCommit? {
    guard let commit = PartitionCommit(bytes: try FileSystem.read(path, limit: 1 << 28)),
      path.hasSuffix("/" + commit.name)
    else { return nil }
    return commit
  }

  /// All commits of a stage that nobody has taken over, in the order of their partitions.
  static func waiting(of stage: StageName, in directory: RunDirectory) throws -> [String] {
    let folder = directory.path(RunDirectory.commits(stage))
    guard Directory.isDirectory(folder) else { return [] }
    return try Directory.names(in: folder).filter { $0.hasSuffix(".json") }.map {
      folder + "/" + $0
    }
  }

  private static func isInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
  }
}

extension PartitionCommit {
  /// Decodes a commit; `nil` where it is none, or one that points outside of its run directory.
  init?(bytes: [UInt8]) {
    guard let commit = try? JSONDecoder().decode(PartitionCommit.self, from: Data(bytes)),
      commit.format == "weft-commit", commit.version == 1, !commit.attempt.contains("/"),
      commit.manifest.partition >= 0,
      commit.manifest.outputs.allSatisfy({ Self.isInside($0.path) })
    else { return nil }
    self = commit
  }
}
