extension WebURL {
  /// The address as the key of an index: two addresses of one key name one resource.
  ///
  /// The rule is RFC 3986, section 6.2.2, and no more: the fragment, credentials and an empty query
  /// are left out, percent-encoded bytes that need no encoding are decoded, and the digits of the others
  /// are upper case. Schemes, `www.`, slashes at the end and the order of a query are left as they
  /// are, since servers tell them apart.
  public var normalized: String {
    guard !hasOpaquePath else { return serialized(withFragment: false) }
    var url = self
    url.username = ""
    url.password = ""
    url.path = Self.normalizedEscapes(path)
    url.query = query.flatMap { $0.isEmpty ? nil : Self.normalizedEscapes($0) }
    return url.serialized(withFragment: false)
  }

  private static func normalizedEscapes(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let input = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var at = 0
    while at < input.count {
      guard input[at] == UInt8(ascii: "%"), at + 2 < input.count,
        let high = PercentEncoding.hexadecimal(input[at + 1]),
        let low = PercentEncoding.hexadecimal(input[at + 2])
      else {
        output.append(input[at])
        at += 1
        continue
      }
      let byte = high << 4 | low
      if isUnreserved(byte) {
        output.append(byte)
      } else {
        output += input[at...at + 2].map {
          UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 ? $0 - 32 : $0
        }
      }
      at += 3
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The unreserved characters of RFC 3986, but for the dot, which could make a dot segment.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
