/// Reads the few kinds of JSON tokens that a safetensors header consists of.
///
/// A general JSON reader would hide duplicate keys and follow any nesting; this one knows nothing
/// but strings, natural numbers and punctuation, so its work is bounded by the header's length.
struct HeaderScanner {
  /// Why a header cannot be read, and where.
  struct Failure: Error {
    var message: String
    var offset: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Whether only white space is left.
  mutating func isAtEnd() -> Bool {
    skipSpace()
    return position == bytes.endIndex
  }

  /// Skips a punctuation mark if it comes next.
  mutating func skip(_ mark: Character) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == mark.asciiValue else { return false }
    position += 1
    return true
  }

  /// Skips a punctuation mark that must come next.
  mutating func expect(_ mark: Character) throws(Failure) {
    if !skip(mark) { throw failure("'\(mark)' is missing") }
  }

  /// Reads the members of an object: calls `member` after each key and its colon.
  mutating func object(
    member: (inout HeaderScanner, String) throws(Failure) -> Void
  ) throws(Failure) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array of natural numbers.
  mutating func numbers() throws(Failure) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if skip("]") { return numbers }
    repeat { numbers.append(try number()) } while skip(",")
    try expect("]")
    return numbers
  }

  /// Reads a natural number.
  mutating func number() throws(Failure) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < bytes.endIndex, case let digit = bytes[position], (0x30...0x39) ~= digit {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(Int(digit - 0x30))
      if overflow || carry { throw failure("a number is too large") }
      value = sum
      position += 1
    }
    if position == start { throw failure("a whole number of zero or more is missing") }
    if position - start > 1 && bytes[start] == 0x30 { throw failure("a number begins with 0") }
    return value
  }

  /// Reads a string.
  mutating func string() throws(Failure) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      switch try next() {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw failure("a string is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw failure("a string has a control character")
      case let byte: text.append(byte)
      }
    }
  }

  func failure(_ message: String) -> Failure {
    Failure(message: message, offset: position - bytes.startIndex)
  }

  private mutating func escaped() throws(Failure) -> Unicode.Scalar {
    switch try next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure("a string has an unknown escape")
    }
  }

  /// Reads the digits of `\uXXXX`, and of the second half of a surrogate pair.
  private mutating func unicodeEscape() throws(Failure) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00) ~= first, try next() == UInt8(ascii: "\\"),
      try next() == UInt8(ascii: "u"), case let second = try hexadecimal(),
      (0xDC00..<0xE000) ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("a string has half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try next())).hexDigitValue else {
        throw failure("a \\u escape needs four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func next() throws(Failure) -> UInt8 {
    guard position < bytes.endIndex else { throw failure("it ends in the middle") }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}
