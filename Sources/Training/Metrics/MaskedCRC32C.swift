/// The checksum of TensorFlow's record files: CRC-32C (RFC 3720, appendix B.4), turned and shifted so
/// that a checksum of data that holds checksums stays a good one.
enum MaskedCRC32C {
  /// The masked checksum of bytes.
  static func value(of bytes: some Sequence<UInt8>) -> UInt32 {
    let checksum = crc(of: bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
  }

  /// The plain checksum of bytes.
  static func crc(of bytes: some Sequence<UInt8>) -> UInt32 {
    var remainder: UInt32 = 0xffff_ffff
    for byte in bytes {
      remainder = table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8
    }
    return ~remainder
  }

  /// The remainders of the 256 bytes by Castagnoli's polynomial, bits reversed.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder & 1 == 1 ? 0x82f6_3b78 ^ remainder >> 1 : remainder >> 1
    }
  }
}
