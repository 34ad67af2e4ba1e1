/// JSON text, written field by field.
///
/// `JSONEncoder` takes a tenth of the time of an extraction; this takes a hundredth, and writes the same
/// bytes: no white space, slashes as they are, and the fields in the order of their names, which is the
/// caller's to keep.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  /// Begins an object, as the value of a field where it has a name.
  mutating func beginObject(_ name: StaticString? = nil) {
    if let name { key(name) } else { separate() }
    bytes.append(UInt8(ascii: "{"))
  }

  /// Ends an object.
  mutating func endObject() { bytes.append(UInt8(ascii: "}")) }

  /// Begins an array as the value of a field.
  mutating func beginArray(_ name: StaticString) {
    key(name)
    bytes.append(UInt8(ascii: "["))
  }

  /// Writes an element of an array.
  mutating func element(_ value: String) {
    separate()
    string(value)
  }

  /// Ends an array.
  mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

  /// Writes a field, unless it has no value.
  mutating func field(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  /// Writes a field, unless it has no value.
  mutating func field(_ name: StaticString, _ value: (some BinaryInteger)?) {
    guard let value else { return }
    key(name)
    bytes += String(value).utf8
  }

  /// Writes a field.
  mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    bytes += (value ? "true" : "false").utf8
  }

  /// Writes a field, unless it has no value.
  ///
  /// - Precondition: The number is finite.
  mutating func field(_ name: StaticString, _ value: Double?) {
    guard let value else { return }
    precondition(value.isFinite, "JSON has no infinity and no NaN")
    key(name)
    let text = value.description
    bytes += text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...]
  }

  private mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes += name.description.utf8
    bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
  }

  /// Parts what comes from what is there, unless an object or an array has just begun.
  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["): break
    default: bytes.append(UInt8(ascii: ","))
    }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes += text.utf8
    if let first = bytes[start...].firstIndex(where: Self.isEscaped) { escape(from: first) }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(from first: Int) {
    let rest = Array(bytes[first...])
    bytes.removeSubrange(first...)
    for byte in rest {
      guard Self.isEscaped(byte) else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x08: bytes.append(UInt8(ascii: "b"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0C: bytes.append(UInt8(ascii: "f"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case 0..<0x20: bytes += "u00\(Hexadecimal.encode(CollectionOfOne(byte)))".utf8
      default: bytes.append(byte)
      }
    }
  }
}
