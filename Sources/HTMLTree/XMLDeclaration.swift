/// The encoding that an XML declaration names, as the HTML Standard reads it
/// <https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing>.
enum XMLDeclaration {
  /// Finds the encoding that bytes which begin with `<?xml` declare.
  static func encoding(of bytes: ArraySlice<UInt8>) -> Encoding? {
    guard bytes.starts(with: Array("<?xml".utf8)),
      let close = bytes.firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    var rest = bytes[..<close]
    let word = Array("encoding".utf8)
    while !rest.starts(with: word) {
      if rest.isEmpty { return nil }
      rest.removeFirst()
    }
    rest = rest.dropFirst(word.count).drop { $0 <= 0x20 }
    guard rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst().drop { $0 <= 0x20 }
    guard let quote = rest.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let end = rest.firstIndex(of: quote)
    else { return nil }
    let label = rest[..<end]
    guard label.allSatisfy({ $0 > 0x20 }) else { return nil }
    switch Encoding(label: String(decoding: label, as: UTF8.self)) {
    // It was read as ASCII, so the page cannot be UTF-16.
    case .utf16be, .utf16le: return .utf8
    case let encoding: return encoding
    }
  }
}
