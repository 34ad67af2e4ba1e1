import Documents

/// Takes lines out of a text that are no prose (C4, §2.2).
///
/// Other than in C4: only a line that asks for JavaScript is taken out, not each that names it; any
/// script's full stop and closing quotation marks end a line.
struct C4Lines {
  var rules: C4Rules

  /// What is left of a text.
  struct Remainder {
    /// The lines that are left.
    var text: String
    /// How many are left.
    var kept = 0
    /// Why each of the others was taken out.
    var dropped: [Reason] = []
  }

  func remainder(of text: String) -> Remainder {
    var lines: [Substring] = []
    var remainder = Remainder(text: text)
    for line in text.split(whereSeparator: \.isNewline) {
      if let reason = refusal(of: Self.trimmed(line)) {
        remainder.dropped.append(reason)
      } else {
        lines.append(line)
      }
    }
    remainder.kept = lines.count
    // A text that keeps all its lines keeps its empty ones too.
    if !remainder.dropped.isEmpty { remainder.text = lines.joined(separator: "\n") }
    return remainder
  }

  private func refusal(of line: Substring) -> Reason? {
    let words = line.split(whereSeparator: \.isWhitespace)
    if let most = rules.maximumWordCharacters,
      let longest = words.map(\.unicodeScalars.count).max(), longest > most
    {
      return Reason(.wordTooLong, measured: Double(longest), threshold: Double(most))
    }
    if rules.requiresTerminalPunctuation, !Self.isTerminated(line) {
      return Reason(.noTerminalPunctuation)
    }
    if let least = rules.minimumLineWords, words.count < least {
      return Reason(.lineTooShort, measured: Double(words.count), threshold: Double(least))
    }
    guard rules.dropsScriptNotices || rules.dropsPolicies else { return nil }
    let lower = line.lowercased()
    if rules.dropsScriptNotices, Self.asksForScripts(lower) { return Reason(.scriptNotice) }
    if rules.dropsPolicies, let phrase = Self.policies.first(where: lower.contains) {
      return Reason(.policyLine, detail: phrase)
    }
    return nil
  }

  private static func isTerminated(_ line: Substring) -> Bool {
    !SentenceEnd.isEllipsisAtEnd(of: line)
      && (SentenceEnd.isAtEnd(of: line) || SentenceEnd.isQuoteAtEnd(of: line))
  }

  private static func asksForScripts(_ lower: String) -> Bool {
    lower.contains("javascript") && requests.contains(where: lower.contains)
  }

  /// Words by which a page asks for its scripts to be run.
  private static let requests = [
    "enable", "disable", "turn on", "turned off", "requires javascript", "require javascript",
    "need javascript", "needs javascript", "without javascript", "not support", "activate",
    "switch on",
  ]

  /// The phrases of C4.
  private static let policies = [
    "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies",
    "use cookies",
  ]

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start[..<start.startIndex]
  }
}
