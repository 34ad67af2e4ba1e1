/// A message in the wire format of Protocol Buffers, written field by field.
///
/// <https://protobuf.dev/programming-guides/encoding/>. It holds the four kinds of field that a
/// TensorBoard event has, which is too little to warrant a dependency.
struct ProtocolBuffer {
  /// The message so far.
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// Adds an integer of type `int64` or an enumeration's value.
  mutating func append(_ value: Int64, field: UInt64) {
    appendKey(field, .varint)
    appendVarint(UInt64(bitPattern: value))
  }

  /// Adds a number of type `double`.
  mutating func append(_ value: Double, field: UInt64) {
    appendKey(field, .fixed64)
    bytes += value.bitPattern.littleEndianBytes
  }

  /// Adds a number of type `float`.
  mutating func append(_ value: Float, field: UInt64) {
    appendKey(field, .fixed32)
    bytes += value.bitPattern.littleEndianBytes
  }

  /// Adds a text of type `string`.
  mutating func append(_ value: String, field: UInt64) {
    append(bytes: Array(value.utf8), field: field)
  }

  /// Adds a message inside this one.
  mutating func append(_ value: ProtocolBuffer, field: UInt64) {
    append(bytes: value.bytes, field: field)
  }

  private mutating func append(bytes value: [UInt8], field: UInt64) {
    appendKey(field, .lengthDelimited)
    appendVarint(UInt64(value.count))
    bytes += value
  }

  private mutating func appendKey(_ field: UInt64, _ type: WireType) {
    appendVarint(field << 3 | type.rawValue)
  }

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

extension FixedWidthInteger {
  /// The bytes from the lowest to the highest.
  var littleEndianBytes: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }
}
