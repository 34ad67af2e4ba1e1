/// A request as the hostile server read it.
struct Request: Sendable {
  var path: String
  /// The host that was asked for, without its port.
  var host: String
  var fields: [String: String] = [:]

  /// Reads a head that is complete.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasSuffix("\r\n\r\n") else { return nil }
    let lines = text.split(separator: "\r\n")
    path = String(lines[0].split(separator: " ")[1])
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
      if parts.count == 2 { fields[parts[0].lowercased()] = String(parts[1]) }
    }
    host = String(fields["host"]?.split(separator: ":").first ?? "")
  }
}
