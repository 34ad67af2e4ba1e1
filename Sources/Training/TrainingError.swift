/// Why a training run cannot begin, go on after a checkpoint, or take another step.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// A key of the configuration has a value that cannot be.
    case invalidConfiguration
    /// There are no shards, or none of a corpus that the mixture asks for.
    case noShards
    /// Two shards, or a shard and the model, do not belong together.
    case mismatchedShards
    /// A checkpoint lacks a file, or a file of it is broken.
    case brokenCheckpoint
    /// A checkpoint belongs to a run of another configuration, vocabulary or data.
    case mismatchedCheckpoint
    /// The loss or the gradient is infinite or not a number.
    case notFinite
    /// What the environment says of the processes that train together cannot be.
    case invalidEnvironment
    /// A process that should train with this one did not come, or its address does not answer.
    case missingRank
    /// The processes that should train together were started with different things.
    case mismatchedRanks
    /// Another process has died, or cannot be reached.
    case lostRank
    /// Another process has ended by an error, or was stopped.
    case failedRank
    /// The processes' parameters are no longer the same.
    case divergedRanks

    /// Whether another process ends this one: what this one has computed until then is sound.
    var isOfAnotherRank: Bool { self == .lostRank || self == .failedRank }
  }

  /// What kind of fault it is.
  public var code: Code
  /// What is wrong and how to mend it.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// What is wrong and how to mend it.
  public var description: String { message }
}
