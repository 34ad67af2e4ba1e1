/// One `allow` or `disallow` of a robots.txt file.
struct RobotsRule: Hashable, Sendable {
  let allows: Bool
  /// The octets of the pattern: the longer a matching rule, the more it says.
  let length: Int
  /// The texts between the wildcards; the first stands at the start of the path.
  private let pieces: [Piece]
  /// Whether the last text must stand at the end of the path.
  private let isAnchored: Bool

  init(pattern: [UInt8], allows: Bool) {
    self.allows = allows
    var octets = Self.normalized(pattern, isPattern: true)
    length = octets.count
    isAnchored = octets.last == UInt8(ascii: "$")
    if isAnchored { octets.removeLast() }
    pieces = octets.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map { Piece(Array($0)) }
  }

  var hasWildcard: Bool { pieces.count > 1 }

  /// Whether the rule matches a normalised path.
  ///
  /// - Complexity: O(*n*) in the length of the path: each text is sought from where the one before
  ///   it ends first, which leaves the most room for those after it.
  func matches(_ path: [UInt8]) -> Bool {
    guard path.starts(with: pieces[0].octets) else { return false }
    var end = pieces[0].octets.count
    if pieces.count == 1 { return !isAnchored || end == path.count }
    for piece in pieces.dropFirst().dropLast() {
      guard let found = piece.end(in: path, from: end) else { return false }
      end = found
    }
    let last = pieces[pieces.count - 1]
    guard isAnchored else { return last.end(in: path, from: end) != nil }
    return path.count - end >= last.octets.count
      && path.suffix(last.octets.count).elementsEqual(last.octets)
  }

  /// A text between wildcards, sought in linear time (Knuth, Morris and Pratt,
  /// <https://doi.org/10.1137/0206024>).
  private struct Piece: Hashable {
    let octets: [UInt8]
    /// For each prefix, the length of the longest shorter prefix that ends it.
    private let fallbacks: [Int]

    init(_ octets: [UInt8]) {
      self.octets = octets
      var fallbacks = [Int](repeating: 0, count: octets.count)
      var matched = 0
      for index in octets.indices.dropFirst() {
        while matched > 0, octets[matched] != octets[index] { matched = fallbacks[matched - 1] }
        if octets[matched] == octets[index] { matched += 1 }
        fallbacks[index] = matched
      }
      self.fallbacks = fallbacks
    }

    /// The index after the first occurrence that begins at `start` or later.
    func end(in path: [UInt8], from start: Int) -> Int? {
      if octets.isEmpty { return start }
      var matched = 0
      for index in start..<path.count {
        while matched > 0, octets[matched] != path[index] { matched = fallbacks[matched - 1] }
        if octets[matched] == path[index] { matched += 1 }
        if matched == octets.count { return index + 1 }
      }
      return nil
    }
  }

  /// The octets that are compared: escapes of unreserved characters decoded, all other escapes in
  /// upper case, octets outside ASCII escaped, and in a path `*` and `$` too (RFC 9309, sections
  /// 2.2.2 and 2.2.3).
  static func normalized(_ text: some Collection<UInt8>, isPattern: Bool) -> [UInt8] {
    let input = Array(text)
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var at = 0
    while at < input.count {
      var octet = input[at]
      var isEscape = false
      if octet == UInt8(ascii: "%"), at + 2 < input.count, let high = digit(input[at + 1]),
        let low = digit(input[at + 2])
      {
        octet = high << 4 | low
        isEscape = true
        at += 2
      }
      let isSpecial = !isPattern && (octet == UInt8(ascii: "*") || octet == UInt8(ascii: "$"))
      if octet > 0x7E || isSpecial || (isEscape && !isUnreserved(octet)) {
        output += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
      } else {
        output.append(octet)
      }
      at += 1
    }
    return output
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { byte < 0x80 ? UInt8($0) : nil }
  }

  private static func isUnreserved(_ octet: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= octet | 0x20
      || UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet || "-._~".utf8.contains(octet)
  }
}
