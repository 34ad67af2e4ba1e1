/// The HTML Standard's prescan of a page's first bytes for the encoding that it declares
/// <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>.
struct MetaPrescan {
  private let bytes: ArraySlice<UInt8>
  private var at: Int

  /// Finds the encoding that the bytes declare in a `meta` element, or failing that, in an XML
  /// declaration.
  static func encoding(of bytes: ArraySlice<UInt8>) -> Encoding? {
    if bytes.starts(with: [0x3C, 0, 0x3F, 0, 0x78, 0]) { return .utf16le }
    if bytes.starts(with: [0, 0x3C, 0, 0x3F, 0, 0x78]) { return .utf16be }
    var prescan = MetaPrescan(bytes: bytes, at: bytes.startIndex)
    return prescan.run() ?? XMLDeclaration.encoding(of: bytes)
  }

  private mutating func run() -> Encoding? {
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = open
      if starts(with: "<!--") {
        // The two hyphens of the start may be those of the end.
        at += 2
        skip(past: "-->")
      } else if starts(with: "<meta"), isSeparator(at + 5) {
        at += 6
        if let encoding = metaEncoding() { return encoding }
      } else if isLetter(at + 1) || (peek(at + 1) == UInt8(ascii: "/") && isLetter(at + 2)) {
        skipTagName()
        while attribute() != nil {}
      } else if let next = peek(at + 1), "!/?".utf8.contains(next) {
        skip(past: ">")
      } else {
        at += 1
      }
    }
    return nil
  }

  /// Reads the attributes of a `meta` element.
  private mutating func metaEncoding() -> Encoding? {
    var isPragma = false
    var needsPragma = false
    var found: Encoding?
    var seen: Set<String> = []
    while let (name, value) = attribute() {
      guard seen.insert(name).inserted else { continue }
      switch name {
      case "http-equiv": isPragma = isPragma || value == "content-type"
      case "content":
        guard found == nil, let label = Self.charset(in: value) else { continue }
        found = Encoding(label: label)
        needsPragma = true
      case "charset":
        found = Encoding(label: value)
        needsPragma = false
      default: continue
      }
    }
    guard let found, isPragma || !needsPragma else { return nil }
    switch found {
    // The prescan read the declaration as ASCII, so the page cannot be UTF-16.
    case .utf16be, .utf16le: return .utf8
    case .xUserDefined: return .windows1252
    default: return found
    }
  }

  /// The value of `charset=` in a header field or a `content` attribute.
  static func charset(in text: String) -> String? {
    let bytes = Array(text.lowercased().utf8)
    let word = Array("charset".utf8)
    var start = 0
    while start + word.count <= bytes.count {
      guard bytes[start...].starts(with: word) else {
        start += 1
        continue
      }
      var at = start + word.count
      while at < bytes.count, isSpace(bytes[at]) { at += 1 }
      guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
        start += word.count
        continue
      }
      at += 1
      while at < bytes.count, isSpace(bytes[at]) { at += 1 }
      return label(in: bytes[at...])
    }
    return nil
  }

  private static func label(in bytes: ArraySlice<UInt8>) -> String? {
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let rest = bytes.dropFirst()
      guard let end = rest.firstIndex(of: first) else { return nil }
      return String(decoding: rest[..<end], as: UTF8.self)
    }
    let end = bytes.firstIndex { isSpace($0) || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }
    return String(decoding: bytes[..<(end ?? bytes.endIndex)], as: UTF8.self)
  }

  /// Reads one attribute, in lower case; `nil` at the end of the tag or of the bytes.
  private mutating func attribute() -> (name: String, value: String)? {
    while let byte = peek(at), Self.isSpace(byte) || byte == UInt8(ascii: "/") { at += 1 }
    guard let first = peek(at), first != UInt8(ascii: ">") else { return nil }
    let nameStart = at
    while let byte = peek(at), !Self.isSpace(byte), !"/>".utf8.contains(byte),
      byte != UInt8(ascii: "=") || at == nameStart
    {
      at += 1
    }
    let name = lowercased(nameStart..<at)
    while let byte = peek(at), Self.isSpace(byte) { at += 1 }
    guard peek(at) == UInt8(ascii: "=") else { return (name, "") }
    at += 1
    while let byte = peek(at), Self.isSpace(byte) { at += 1 }
    guard let quote = peek(at) else { return nil }
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = at + 1
      guard let end = bytes[start...].firstIndex(of: quote) else {
        at = bytes.endIndex
        return nil
      }
      at = end + 1
      return (name, lowercased(start..<end))
    }
    let start = at
    while let byte = peek(at), !Self.isSpace(byte), byte != UInt8(ascii: ">") { at += 1 }
    return (name, lowercased(start..<at))
  }

  private mutating func skipTagName() {
    while let byte = peek(at), !Self.isSpace(byte), byte != UInt8(ascii: ">") { at += 1 }
  }

  private mutating func skip(past text: String) {
    let wanted = Array(text.utf8)
    while at < bytes.endIndex {
      if bytes[at...].starts(with: wanted) {
        at += wanted.count
        return
      }
      at += 1
    }
  }

  private func starts(with text: String) -> Bool {
    guard bytes.endIndex - at >= text.utf8.count else { return false }
    return zip(bytes[at...], text.utf8).allSatisfy { $0 == $1 || ($0 | 32) == $1 }
  }

  private func lowercased(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).lowercased()
  }

  private func peek(_ index: Int) -> UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private func isLetter(_ index: Int) -> Bool {
    peek(index).map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 32 } ?? false
  }

  private func isSeparator(_ index: Int) -> Bool {
    peek(index).map { Self.isSpace($0) || $0 == UInt8(ascii: "/") } ?? false
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 12 || byte == 13
  }
}
