public import Documents
internal import Foundation
internal import Storage

/// What was forgotten once: `forgotten/NNNN.json`, written when it is done and never changed.
///
/// Each names the digest of the one before it, so that one that is changed or missing is noticed.
public struct ForgottenRecord: Hashable, Sendable, Codable {
  /// A file before and after.
  public struct File: Hashable, Sendable, Codable {
    /// The path relative to the run directory.
    public var path: String
    /// The SHA-256 it had.
    public var before: Digest
    /// The SHA-256 it has; `nil` where nothing was left and it was removed.
    public var after: Digest?
  }

  /// A checkpoint of a training in the run directory.
  public struct Checkpoint: Hashable, Sendable, Codable {
    /// The directory, relative to the run directory.
    public var path: String
    /// The digest of the shards it was trained on.
    public var shards: Digest
    /// Whether those are the shards that were rewritten; `false` where they are earlier ones, of which
    /// nothing is known.
    public var isOfTheseShards: Bool
  }

  /// The name of the format.
  public var format = "weft-forgotten"
  /// The version of the format.
  public var version = 1
  /// The number of the record, from 1.
  public var number: Int
  /// The release of weft.
  public var weft = WeftVersion.current
  /// When, as an instant of RFC 3339.
  public var date: String
  /// The SHA-256 of the record before this one.
  public var previous: Digest?
  /// What was named.
  public var selectors: ForgetSelectors
  /// The records of the archives that answered one of the addresses.
  public var records: [RecordID]
  /// The documents that went.
  public var documents: [DocumentID]
  /// The images that no corpus shows any more.
  public var images: [Digest]
  /// How much went.
  public var counts: ForgetCounts
  /// Each file that was rewritten, by path.
  public var files: [File]
  /// The checkpoints in the run directory.
  public var checkpoints: [Checkpoint]
  /// What still holds something of it and is not weft's to change.
  public var remaining: [String]

  /// The path of the record in its run.
  public var name: String { Self.path(number) }

  /// The directory of the records in a run.
  static let directory = "forgotten"

  /// The path of a record in a run.
  static func path(_ number: Int) -> String {
    let digits = String(number)
    return "\(directory)/" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + ".json"
  }

  /// Reads the records of a run in their order.
  ///
  /// - Throws: ``RunError`` where one is damaged: what was forgotten must not come back unnoticed.
  public static func all(of run: RunDirectory) throws -> [ForgottenRecord] {
    let folder = run.path(directory)
    guard Directory.isDirectory(folder) else { return [] }
    let records = try Directory.names(in: folder).filter { $0.hasSuffix(".json") }.map { name in
      let path = "\(folder)/\(name)"
      let bytes = try FileSystem.read(path)
      guard let record = try? JSONDecoder().decode(ForgottenRecord.self, from: Data(bytes)),
        record.format == "weft-forgotten", record.version == 1
      else {
        throw RunError(
          .damaged,
          "'\(path)' is damaged or of another weft, so that it is not known what must stay out; "
            + "bring it back from a copy")
      }
      return record
    }
    return records.sorted { $0.number < $1.number }
  }

  /// The record as it is written.
  var json: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
  }
}

/// How much was forgotten, or would be.
public struct ForgetCounts: Hashable, Sendable, Codable {
  /// What of one corpus.
  public struct OfCorpus: Hashable, Sendable, Codable {
    /// The documents or pairs that go.
    public var documents = 0
    /// The documents that stay without some of their images.
    public var changed = 0
    /// The images of all of them that go.
    public var images = 0
    /// The sequences of the shards that go.
    public var sequences = 0
    /// The sequences that lose tokens.
    public var cut = 0
    /// The tokens of the shards that go, `<s>` not counted.
    public var tokens = 0

    /// Counts nothing.
    public init() {}
  }

  /// The pages and images of the archives that answered one of the addresses.
  public var records = 0
  /// The extracted documents that go.
  public var documents = 0
  /// The distinct images that no corpus shows any more.
  public var images = 0
  /// What goes of each corpus, by its name.
  public var corpora: [String: OfCorpus] = [:]

  /// Counts nothing.
  public init() {}

  /// What goes of a corpus.
  public subscript(corpus: Corpus) -> OfCorpus {
    get { corpora[corpus.rawValue] ?? OfCorpus() }
    set { corpora[corpus.rawValue] = newValue }
  }
}
