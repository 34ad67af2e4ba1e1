import Foundation

/// Results for machines, on standard output.
enum JSONOutput {
  /// Prints a value as indented JSON with sorted keys.
  static func write(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
