public import Documents

/// What repairing a run made again.
public struct RepairReport: Hashable, Sendable, Codable {
  /// How a file that was made again compares with what was recorded of it.
  public enum Outcome: String, Hashable, Sendable, Codable {
    /// It has the bytes that it had.
    case identical
    /// It has other bytes.
    case different
    /// Nothing tells which bytes it had.
    case unrecorded
  }

  /// A file that was damaged or missing, or came out otherwise.
  public struct File: Hashable, Sendable, Codable {
    /// The path relative to the run directory.
    public var path: String
    /// What was wrong with it.
    public var fault: String
    /// How it came out.
    public var outcome: Outcome
    /// The SHA-256 that was recorded.
    public var recorded: Digest?
    /// The SHA-256 that it has.
    public var made: Digest?
  }

  /// The files, by stage and path.
  public var files: [File] = []
  /// How many partitions were made again, by stage.
  public var partitions: [String: Int] = [:]
  /// What was wrong with the ledger; `nil` where its rows are those of its parts.
  public var ledger: String?

  /// Makes a report of nothing.
  public init() {}

  /// Whether everything has the bytes again that were recorded of it.
  public var isRestored: Bool { files.allSatisfy { $0.outcome != .different } }
}
