import Foundation

/// A request as the server read it.
public struct StoreRequest: Sendable {
  /// The method.
  public var method: String
  /// The path as it came, percent-encoded.
  public var path: String
  /// The query as it came.
  public var query: String
  /// The fields by their names in lower case.
  public var fields: [String: String]
  /// The body.
  public var body: [UInt8]

  /// The names and values of the query, as they came.
  public var pairs: [(name: String, value: String)] {
    query.split(separator: "&").map { pair in
      let sign = pair.firstIndex(of: "=") ?? pair.endIndex
      return (String(pair[..<sign]), String(pair[sign...].dropFirst()))
    }
  }

  /// A value of the query, decoded.
  public func value(_ name: String) -> String? {
    pairs.first { $0.name == name }?.value.removingPercentEncoding
  }

  /// Reads a request's head; `nil` where it is none.
  init?(head: String) {
    let lines = head.components(separatedBy: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    method = String(words[0])
    let mark = words[1].firstIndex(of: "?") ?? words[1].endIndex
    path = String(words[1][..<mark])
    query = String(words[1][mark...].dropFirst())
    fields = [:]
    body = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
  }
}
