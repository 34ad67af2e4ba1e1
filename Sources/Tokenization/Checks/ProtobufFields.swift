/// Reads the fields of one protocol buffer message, one after the other.
///
/// The wire format is that of <https://protobuf.dev/programming-guides/encoding>; groups, which no
/// SentencePiece model has, are refused.
struct ProtobufFields {
  /// One field.
  struct Field {
    var number: Int
    var value: Value
  }

  /// The value of a field as it stands on the wire.
  enum Value {
    case varint(UInt64)
    case fixed64
    case bytes(ArraySlice<UInt8>)
    case fixed32(UInt32)
  }

  /// A message that ends in the middle of a field, or has a field of an unknown kind.
  struct Malformed: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) { rest = message }

  /// Gives the next field; `nil` at the message's end.
  mutating func next() throws(Malformed) -> Field? {
    if rest.isEmpty { return nil }
    let tag = try varint()
    guard let number = Int(exactly: tag >> 3), number > 0 else { throw Malformed() }
    switch tag & 7 {
    case 0: return Field(number: number, value: .varint(try varint()))
    case 1:
      _ = try take(8)
      return Field(number: number, value: .fixed64)
    case 2:
      guard let count = Int(exactly: try varint()) else { throw Malformed() }
      return Field(number: number, value: .bytes(try take(count)))
    case 5:
      let bits = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return Field(number: number, value: .fixed32(bits))
    default: throw Malformed()
    }
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
