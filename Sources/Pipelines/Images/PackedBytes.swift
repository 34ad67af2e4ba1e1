/// Values one after the other as bytes, numbers with their least significant byte first.
struct PackedBytes {
  var bytes: [UInt8] = []

  mutating func append(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Adds whether there is a number, and the number.
  mutating func append(_ number: UInt64?) {
    append(UInt8(number == nil ? 0 : 1))
    if let number { append(number) }
  }

  /// Adds the number of bytes of a text, and those.
  mutating func append(_ text: String) {
    append(UInt32(text.utf8.count))
    bytes += text.utf8
  }
}

/// Reads what ``PackedBytes`` wrote; every answer is `nil` where the bytes end before it.
struct PackedReader {
  private let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - at else { return nil }
    defer { at += count }
    return bytes[at..<at + count]
  }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    take(Number.bitWidth / 8)?.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  /// Whether there is a number, and the number.
  mutating func optional() -> UInt64?? {
    guard let has = number(UInt8.self) else { return nil }
    if has == 0 { return .some(nil) }
    guard let value = number(UInt64.self) else { return nil }
    return .some(value)
  }

  mutating func text() -> String? {
    guard let count = number(UInt32.self), let text = take(Int(count)) else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}
