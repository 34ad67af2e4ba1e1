/// Percent-encoding <https://url.spec.whatwg.org/#percent-encoded-bytes>.
enum PercentEncoding {
  /// The sets of ASCII characters that parts of an address percent-encode, besides controls and
  /// everything outside ASCII.
  enum Set {
    case control, fragment, query, specialQuery, path, userinfo

    func contains(_ byte: UInt8) -> Bool {
      if byte < 0x20 || byte > 0x7E { return true }
      return switch self {
      case .control: false
      case .fragment: " \"<>`".utf8.contains(byte)
      case .query: " \"#<>".utf8.contains(byte)
      case .specialQuery: " \"#<>'".utf8.contains(byte)
      case .path: " \"#<>?^`{}".utf8.contains(byte)
      case .userinfo: " \"#<>?^`{}/:;=@[\\]|".utf8.contains(byte)
      }
    }
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Writes bytes with those of a set percent-encoded; what is percent-encoded already stays so.
  static func encode(_ bytes: some Sequence<UInt8>, _ set: Set) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      if set.contains(byte) {
        text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes each `%` that two hexadecimal digits follow; any other stays.
  static func decode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let input = Array(bytes)
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var at = 0
    while at < input.count {
      if input[at] == UInt8(ascii: "%"), at + 2 < input.count,
        let high = hexadecimal(input[at + 1]), let low = hexadecimal(input[at + 2])
      {
        output.append(high << 4 | low)
        at += 3
      } else {
        output.append(input[at])
        at += 1
      }
    }
    return output
  }

  /// The value of a hexadecimal digit.
  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
