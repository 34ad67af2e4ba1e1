/// Why a run could not begin or go on: a fault of the set-up, never of the crawled data.
public struct RunError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault it is.
  public enum Code: String, Hashable, Sendable {
    /// An input is missing or unreadable.
    case input
    /// The run directory is of another version, in use, or not a run directory.
    case directory
    /// A file of the run is missing or damaged.
    case damaged
    /// The disk is full or an output cannot be written.
    case output
    /// The corpora hold too little for what was asked.
    case tooLittleData
    /// A worker was asked for what its driver no longer wants, or does not want yet.
    case superseded
    /// An engine that runs partitions elsewhere cannot be used, or failed.
    case engine
    /// This build of weft lacks what the run needs.
    case unsupported
  }

  /// What kind of fault it is.
  public var code: Code
  /// What went wrong and how it may be mended.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
