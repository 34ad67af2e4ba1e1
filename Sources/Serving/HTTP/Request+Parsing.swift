/// Why bytes are no request, as the status that answers them.
struct RequestFault: Error, Hashable {
  var status: Response.Status
  var message: String

  init(_ status: Response.Status, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension Request {
  /// The longest head of a request in bytes: browsers send one or two thousand.
  static let headLimit = 16 << 10

  /// Reads the head of a request, without the empty line that ends it (RFC 9112, §§2–5).
  ///
  /// The grammar is taken at its word: what servers used to repair, such as a space before a colon,
  /// makes two readers of one message disagree, and is refused.
  init(head bytes: some Collection<UInt8>) throws(RequestFault) {
    guard let text = String(validating: bytes, as: UTF8.self),
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
    else { throw RequestFault(.badRequest, "the request holds bytes that are no text") }
    // The two characters of a line's ending are one in Swift; either alone remains in a line.
    var lines = text.split(separator: "\r\n" as Character, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard let first = lines.first,
      lines.allSatisfy({ !$0.utf8.contains(0x0D) && !$0.utf8.contains(0x0A) })
    else {
      throw RequestFault(.badRequest, "the lines of the request do not end as HTTP has it")
    }
    let words = first.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, Self.isToken(words[0]) else {
      throw RequestFault(.badRequest, "the request has no line of method, target and version")
    }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      throw RequestFault(.versionNotSupported, "the viewer speaks HTTP/1.1")
    }
    let fields = try Self.fields(lines.dropFirst())
    guard let host = fields["host"] else {
      throw RequestFault(.badRequest, "the request names no host")
    }
    self.init(
      method: Method(rawValue: String(words[0])), path: [], query: [:], host: host.lowercased(),
      hasBody: fields["transfer-encoding"] != nil || (fields["content-length"] ?? "0") != "0")
    try read(target: words[1])
  }

  /// Takes path and query from a target, which must be a path.
  mutating func read(target: some StringProtocol) throws(RequestFault) {
    guard target.first == "/" else {
      throw RequestFault(.badRequest, "the target of the request is no path")
    }
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = halves[0].split(separator: "/", omittingEmptySubsequences: true)
      .map { Self.decoded($0, plusIsSpace: false) }
    query = [:]
    guard halves.count > 1 else { return }
    for pair in halves[1].split(separator: "&").prefix(50) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(parts[0], plusIsSpace: true)
      let value = parts.count > 1 ? Self.decoded(parts[1], plusIsSpace: true) : ""
      if query[name] == nil { query[name] = value }
    }
  }

  private static func fields(
    _ lines: some Sequence<Substring>
  ) throws(RequestFault) -> [String: String] {
    var fields: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, isToken(parts[0]) else {
        throw RequestFault(.badRequest, "a header field of the request has no name")
      }
      let name = parts[0].lowercased()
      // Two values of one of these are two messages in one (RFC 9112, §3.2 and §6.3).
      if ["host", "content-length", "transfer-encoding"].contains(name), fields[name] != nil {
        throw RequestFault(.badRequest, "the request has two fields '\(name)'")
      }
      fields[name] = String(parts[1]).trimmed
    }
    return fields
  }

  private static func isToken(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains($0)
        }
      }
  }

  /// Undoes the coding of a URL; bytes that are no UTF-8 become U+FFFD.
  private static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = String(decoding: rest.prefix(2), as: UTF8.self).hexadecimalByte
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// The byte that two hexadecimal digits stand for.
  fileprivate var hexadecimalByte: UInt8? {
    allSatisfy(\.isHexDigit) ? UInt8(self, radix: 16) : nil
  }
}
