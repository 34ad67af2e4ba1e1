/// Finds e-mail addresses in text: the dot-atom form of RFC 5322, in any script, at a domain of at least
/// two labels.
enum EmailAddresses {
  /// The places of addresses in order, and whether their domain is reserved (RFC 2606, RFC 6761).
  static func ranges(in text: [Unicode.Scalar]) -> [(range: Range<Int>, isReserved: Bool)] {
    var found: [(Range<Int>, Bool)] = []
    var free = 0
    for at in text.indices where text[at] == "@" {
      guard let start = localPart(in: text, before: at, from: free),
        let end = domain(in: text, after: at)
      else { continue }
      found.append((start..<end, isReserved(text[at + 1..<end])))
      free = end
    }
    return found
  }

  private static func localPart(in text: [Unicode.Scalar], before at: Int, from free: Int) -> Int? {
    var start = at
    while start > free, isLocal(text[start - 1]) { start -= 1 }
    // What punctuation stands at the beginning belongs to the sentence.
    while start < at, !text[start].isLetterOrMark, !text[start].isDigit, text[start] != "_" {
      start += 1
    }
    return start < at && text[at - 1] != "." ? start : nil
  }

  private static func domain(in text: [Unicode.Scalar], after at: Int) -> Int? {
    var end = at + 1
    while end < text.count, isDomain(text[end]) { end += 1 }
    while end > at + 1, text[end - 1] == "." || text[end - 1] == "-" { end -= 1 }
    let labels = text[at + 1..<end].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last,
      last.count > 1, last.contains(where: \.isLetterOrMark)
    else { return nil }
    return end
  }

  private static func isReserved(_ domain: ArraySlice<Unicode.Scalar>) -> Bool {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: domain)
    let labels = String(text).lowercased().split(separator: ".")
    guard let top = labels.last else { return false }
    if ["example", "test", "invalid", "localhost", "local"].contains(top) { return true }
    return ["com", "net", "org"].contains(top) && labels.dropLast().last == "example"
  }

  private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterOrMark || scalar.isDigit || "._%+-'".unicodeScalars.contains(scalar)
  }

  private static func isDomain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterOrMark || scalar.isDigit || scalar == "." || scalar == "-"
  }
}
