/// IPv6 hosts <https://url.spec.whatwg.org/#concept-ipv6-parser>.
enum IPv6Address {
  /// Parses an address without its brackets to its canonical text (RFC 5952).
  static func parse(_ bytes: ArraySlice<UInt8>) -> String? {
    var text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.count <= 45 else { return nil }
    if text.utf8.contains(UInt8(ascii: ".")) {
      guard let rewritten = withoutDottedPart(text) else { return nil }
      text = rewritten
    }
    guard let pieces = pieces(of: text) else { return nil }
    return serialize(pieces)
  }

  /// Writes a dotted IPv4 part at the end as two groups.
  private static func withoutDottedPart(_ text: String) -> String? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let dotted = text[text.index(after: colon)...].split(
      separator: ".", omittingEmptySubsequences: false)
    guard dotted.count == 4 else { return nil }
    var values: [UInt16] = []
    for part in dotted {
      guard part.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
        part == "0" || part.first != "0", let value = UInt8(part)
      else { return nil }
      values.append(UInt16(value))
    }
    let groups = [values[0] << 8 | values[1], values[2] << 8 | values[3]]
    return text[...colon] + groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  private static func pieces(of text: String) -> [UInt16]? {
    guard let gap = firstGap(in: text) else {
      guard let all = groups(text[...]), all.count == 8 else { return nil }
      return all
    }
    guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
      head.count + tail.count < 8
    else { return nil }
    return head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  private static func firstGap(in text: String) -> Range<String.Index>? {
    var previous: String.Index?
    for index in text.indices {
      if text[index] == ":", let before = previous, text[before] == ":" {
        return before..<text.index(after: index)
      }
      previous = index
    }
    return nil
  }

  private static func groups(_ text: Substring) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    var groups: [UInt16] = []
    for part in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard 1...4 ~= part.utf8.count, part.utf8.first != UInt8(ascii: "+"),
        part.utf8.first != UInt8(ascii: "-"), let value = UInt16(part, radix: 16)
      else { return nil }
      groups.append(value)
    }
    return groups
  }

  private static func serialize(_ pieces: [UInt16]) -> String {
    let hexadecimal = { (range: Range<Int>) in
      pieces[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard let zeros = longestZeros(pieces) else { return hexadecimal(0..<8) }
    return hexadecimal(0..<zeros.lowerBound) + "::" + hexadecimal(zeros.upperBound..<8)
  }

  /// The first of the longest runs of at least two zero groups.
  private static func longestZeros(_ pieces: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    while start < 8 {
      let end = pieces[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, longest?.count ?? 0) { longest = start..<end }
      start = max(end, start) + 1
    }
    return longest
  }
}
