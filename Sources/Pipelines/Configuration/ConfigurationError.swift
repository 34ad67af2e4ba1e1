/// A fault of a pipeline file: where it is, what is wrong, and what would be accepted.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The pipeline file.
  public var file: String
  /// The line, counted from 1; `nil` where the fault has no one place.
  public var line: Int?
  /// The key, such as `curate.minimumWords`; empty for the whole file.
  public var key: String
  /// What is wrong and how it may be mended.
  public var message: String

  /// Makes an error from its parts.
  public init(file: String, line: Int? = nil, key: String = "", message: String) {
    self.file = file
    self.line = line
    self.key = key
    self.message = message
  }

  /// The place, the key and the message, as compilers write them.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
  }
}
