/// IPv4 hosts, in the many ways browsers read them <https://url.spec.whatwg.org/#concept-ipv4-parser>.
enum IPv4Address {
  /// Whether the last part of a domain is a number, which makes it an address or nothing.
  static func endsInNumber(_ domain: String) -> Bool {
    var parts = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true, parts.count > 1 { parts.removeLast() }
    guard let last = parts.last, !last.isEmpty else { return false }
    return last.allSatisfy(isDigit) || number(last) != nil
  }

  /// Parses an address to dotted decimals.
  static func parse(_ domain: String) -> String? {
    var parts = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true, parts.count > 1 { parts.removeLast() }
    guard parts.count <= 4 else { return nil }
    var numbers: [UInt64] = []
    for part in parts {
      guard let value = number(part) else { return nil }
      numbers.append(value)
    }
    guard let last = numbers.popLast(), numbers.allSatisfy({ $0 <= 255 }),
      last < 1 << (8 * (4 - UInt64(numbers.count)))
    else { return nil }
    var address = last
    for (index, value) in numbers.enumerated() { address += value << (8 * (3 - UInt64(index))) }
    return [24, 16, 8, 0].map { String(address >> UInt64($0) & 255) }.joined(separator: ".")
  }

  /// A part as decimal, octal (`0…`) or hexadecimal (`0x…`); above 2³² any value will do.
  private static func number(_ part: Substring.UTF8View) -> UInt64? {
    guard let first = part.first else { return nil }
    var digits = part
    var radix: UInt64 = 10
    if first == UInt8(ascii: "0"), part.count > 1 {
      let isHexadecimal = part[part.index(after: part.startIndex)] | 32 == UInt8(ascii: "x")
      radix = isHexadecimal ? 16 : 8
      digits = part.dropFirst(isHexadecimal ? 2 : 1)
    }
    var value: UInt64 = 0
    for digit in digits {
      guard let worth = PercentEncoding.hexadecimal(digit), worth < radix else { return nil }
      value = min(value * radix + UInt64(worth), 1 << 33)
    }
    return value
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
