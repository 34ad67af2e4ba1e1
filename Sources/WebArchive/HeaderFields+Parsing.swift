extension HeaderFields {
  /// Reads the fields of a header, one or more lines each.
  ///
  /// Lines end with CR LF or LF alone. A line that begins with a space or tab goes on with the
  /// value before it. Lines without a colon are skipped, as browsers and archive readers do.
  init(parsing bytes: ArraySlice<UInt8>) {
    all = []
    var rest = bytes
    while !rest.isEmpty {
      let line = HeaderText.takeLine(&rest)
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        let first = line.first, !first.isBlank
      else { continue }
      let name = HeaderText.decode(HeaderText.trim(line[..<colon]))
      let value = HeaderText.trim(line[(colon + 1)...])
      let isFolded = rest.first?.isBlank ?? false
      let text =
        isFolded ? HeaderText.decode(Self.unfold(value, &rest)[...]) : HeaderText.decode(value)
      all.append(Field(name: name, value: text))
    }
  }

  /// Joins a value and the lines that go on with it.
  private static func unfold(
    _ value: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>
  ) -> [UInt8] {
    var whole = Array(value)
    while rest.first?.isBlank ?? false {
      let line = HeaderText.trim(HeaderText.takeLine(&rest))
      if line.isEmpty { continue }
      if !whole.isEmpty { whole.append(UInt8(ascii: " ")) }
      whole.append(contentsOf: line)
    }
    return whole
  }
}

/// Lines and text of WARC and HTTP headers.
enum HeaderText {
  /// Takes the next line off the front, without its line end.
  static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      defer { rest = [] }
      return rest
    }
    let line = rest[..<end]
    rest = rest[(end + 1)...]
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }

  /// The bytes without spaces and tabs around them.
  static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: \.isBlank)
    while let last = rest.last, last.isBlank { rest.removeLast() }
    return rest
  }

  /// The bytes as UTF-8, or as ISO 8859-1 where they are not UTF-8.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// The number that ASCII digits write; `nil` for anything else and for more than `Int64` holds.
  static func number(_ text: String) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return Int64(text)
  }

  /// The offset after the empty line that ends a header, where there is one; the search goes on
  /// from `start`, an offset up to which there is none.
  static func headerEnd(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\n") {
        if index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") { return index + 2 }
        if index + 2 < bytes.count && bytes[index + 1] == UInt8(ascii: "\r")
          && bytes[index + 2] == UInt8(ascii: "\n")
        {
          return index + 3
        }
      }
      index += 1
    }
    return nil
  }
}
