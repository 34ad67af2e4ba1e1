/// Finds IPv4 addresses in text, written as four decimal numbers.
enum DottedAddresses {
  /// The places of addresses in order, and whether they are special: private, reserved, for examples or
  /// for many (<https://www.iana.org/assignments/iana-ipv4-special-registry>, RFC 5771).
  static func ranges(in text: [Unicode.Scalar]) -> [(range: Range<Int>, isReserved: Bool)] {
    var found: [(Range<Int>, Bool)] = []
    var start = 0
    while start < text.count {
      guard isPart(text[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < text.count, isPart(text[end]) { end += 1 }
      // A dot behind the last number ends the sentence.
      var last = end
      while last > start, text[last - 1] == "." { last -= 1 }
      if let octets = octets(text[start..<last]), !isTouched(text, start..<end),
        !isNumberOfSection(text, start..<last)
      {
        found.append((start..<last, isSpecial(octets)))
      }
      start = end
    }
    return found
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || (scalar.isASCII && scalar.isDigit)
  }

  /// Whether a letter or a sign of a longer number or name touches what was found.
  private static func isTouched(_ text: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    let signs = "-_+~".unicodeScalars
    func touches(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isLetterOrMark || scalar.isDigit || signs.contains(scalar)
    }
    return range.lowerBound > 0 && touches(text[range.lowerBound - 1])
      || range.upperBound < text.count && touches(text[range.upperBound])
  }

  /// Whether the numbers are those of a section or a version: `2.1.3.4. Title`, or `section 2.1.3.4`.
  private static func isNumberOfSection(_ text: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    let after = text[range.upperBound...].prefix(2)
    let isAtStart = range.lowerBound == 0 || text[range.lowerBound - 1].isLineBreak
    if isAtStart, after.count == 2, after.first == ".", after.last?.properties.isWhitespace == true
    {
      return true
    }
    var end = range.lowerBound
    while end > 0, text[end - 1].properties.isWhitespace { end -= 1 }
    var start = end
    while start > 0, end - start < 12, !text[start - 1].properties.isWhitespace { start -= 1 }
    var word = String.UnicodeScalarView()
    word.append(contentsOf: text[start..<end].drop { !$0.isLetterOrMark && $0 != "\u{A7}" })
    return numbered.contains(String(word).lowercased())
  }

  /// What sections, figures and versions are called before their number.
  private static let numbered: Set<String> = [
    "appendix", "chapitre", "chapter", "figure", "kernel", "release", "releases", "section",
    "sections",
    "table", "version", "versions", "\u{A7}", "\u{7B2C}",
  ]

  private static func octets(_ text: ArraySlice<Unicode.Scalar>) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var octets: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != "0" else { return nil }
      let value = part.reduce(0) { $0 * 10 + Int($1.value) - 0x30 }
      guard let octet = UInt8(exactly: value) else { return nil }
      octets.append(octet)
    }
    return octets
  }

  private static func isSpecial(_ octets: [UInt8]) -> Bool {
    switch (octets[0], octets[1], octets[2]) {
    case (0, _, _), (10, _, _), (127, _, _), (224...255, _, _): true
    case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): true
    case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _): true
    case (198, 51, 100), (203, 0, 113): true
    default: false
    }
  }
}
