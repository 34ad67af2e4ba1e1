/// A JSON Lines file, or a value for one, that is not as it must be.
public struct JSONLinesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong with it.
  public var message: String

  /// Makes an error from its parts.
  public init(path: String, line: Int, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  init(path: String, line: Int, describing error: any Error) {
    self.init(path: path, line: line, message: Self.message(of: error))
  }

  /// The file, the line and what is wrong.
  public var description: String { "\(path):\(line): \(message)" }

  private static func message(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "there is no '\(key.stringValue)'\(place(context.codingPath))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      context.debugDescription + place(context.codingPath)
    case EncodingError.invalidValue(_, let context):
      context.debugDescription + place(context.codingPath)
    default: String(describing: error)
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    if path.isEmpty { return "" }
    let keys = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return " at " + keys.joined(separator: ".")
  }
}
