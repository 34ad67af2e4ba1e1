/// An address of the Internet Protocol, of either version.
public struct IPAddress: Hashable, Sendable {
  /// The bytes in network order: 4 or 16.
  public let bytes: [UInt8]

  /// Makes an address of its bytes; `nil` where they are neither 4 nor 16.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Parses dotted decimals, or the text form of RFC 4291, section 2.2, without a zone.
  public init?(_ text: some StringProtocol) {
    guard let bytes = text.contains(":") ? Self.six(String(text)) : Self.four(text) else {
      return nil
    }
    self.bytes = bytes
  }

  /// Whether it is an address of version 4.
  public var isVersion4: Bool { bytes.count == 4 }

  private static func four(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? UInt8(part) : nil
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func six(_ text: String) -> [UInt8]? {
    guard let gap = text.firstRange(of: "::") else {
      guard let all = groups(text), all.count == 16 else { return nil }
      return all
    }
    guard let head = groups(String(text[..<gap.lowerBound])),
      let tail = groups(String(text[gap.upperBound...])), head.count + tail.count <= 14
    else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: String) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.contains("."), index == parts.count - 1 {
        guard let dotted = four(part) else { return nil }
        bytes += dotted
      } else {
        guard 1...4 ~= part.utf8.count, part.allSatisfy(\.isHexDigit),
          let value = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(value >> 8), UInt8(value & 255)]
      }
    }
    return bytes
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted decimals, or eight groups of hexadecimal digits.
  public var description: String {
    if isVersion4 { return bytes.map(String.init).joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map { index in
      String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
    }.joined(separator: ":")
  }
}
