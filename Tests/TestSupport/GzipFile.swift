/// Writes gzip members that compress nothing (RFC 1952, and stored blocks of RFC 1951).
public enum GzipFile {
  /// A member that holds the bytes.
  public static func member(_ bytes: [UInt8]) -> [UInt8] {
    var member: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xffff)
      rest = rest.dropFirst(block.count)
      member.append(rest.isEmpty ? 1 : 0)
      for length in [block.count, block.count ^ 0xffff] {
        member.append(UInt8(length & 0xff))
        member.append(UInt8(length >> 8))
      }
      member += block
    } while !rest.isEmpty
    return member + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 (RFC 1952, §8).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
  }
}
