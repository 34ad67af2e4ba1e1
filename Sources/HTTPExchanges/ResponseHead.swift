/// The status and the fields of a response, as its lines come in.
package struct ResponseHead: Sendable {
  /// The most bytes of a head, lines of interim responses and of trailers included.
  package static let maximumBytes = 64 << 10

  package private(set) var status = 0
  package private(set) var isComplete = false
  package private(set) var byteCount = 0
  private var fields: [(name: String, value: String)] = []

  /// Makes a head of which nothing has come yet.
  package init() {}

  /// Adds a line with its line break; a status line begins anew, as after an interim response.
  package mutating func add(_ line: [UInt8]) {
    byteCount += line.count
    guard byteCount <= Self.maximumBytes else { return }
    let text = String(decoding: line, as: UTF8.self)
    let content = text.drop { $0.isWhitespace }
    if text.hasPrefix("HTTP/") {
      status = Int(text.split(separator: " ").dropFirst().first?.prefix(3) ?? "") ?? 0
      fields = []
      isComplete = false
    } else if content.isEmpty {
      // The final response follows an interim one.
      isComplete = status >= 200
    } else if !isComplete, let colon = text.firstIndex(of: ":") {
      fields.append(
        (text[..<colon].lowercased(), Self.trimmed(text[text.index(after: colon)...])))
    }
  }

  package var isTooLong: Bool { byteCount > Self.maximumBytes }

  /// All values of a field, by its name in lower case.
  package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// The first value of a field.
  package func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The length that is stated for the body.
  package var contentLength: Int64? { value("content-length").flatMap { Int64($0) } }

  /// Where a redirect leads; `nil` where the response is none.
  package var location: String? {
    [301, 302, 303, 307, 308].contains(status) ? value("location") : nil
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    // A lone carriage return, which some servers send, must not look like a line's end later.
    var value = String.UnicodeScalarView()
    for scalar in start[...end].unicodeScalars { value.append(scalar.value < 0x20 ? " " : scalar) }
    return String(value)
  }
}
