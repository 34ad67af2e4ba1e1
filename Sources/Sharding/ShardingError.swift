public import Safetensors
public import Storage

/// A token part, shard, index or corpus archive that cannot be used: which file, why, and what helps.
public struct ShardingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Code: String, Hashable, Sendable {
    /// The operating system could not read the file.
    case unreadable
    /// The file is no such file, or it is damaged.
    case damaged
    /// The file is of another version of the format.
    case wrongVersion
    /// The file was made with another tokenizer, encoder, corpus or setting than is used now.
    case mismatch
  }

  /// What is wrong.
  public var code: Code
  /// The file.
  public var path: String
  /// What is wrong and what helps, as a clause.
  public var message: String

  /// Makes an error from its parts.
  public init(_ code: Code, path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// Makes an error of a safetensors file's fault.
  public init(_ error: SafetensorsError) {
    let code: Code = error.code == .unreadable ? .unreadable : .damaged
    self.init(code, path: error.path, error.description)
  }

  /// Makes an error of the operating system's.
  public init(_ error: StorageError) {
    self.init(.unreadable, path: error.path, error.description)
  }

  /// The file, why it cannot be used, and what helps.
  public var description: String {
    message.contains(path) ? message : "'\(path)': \(message)"
  }
}
