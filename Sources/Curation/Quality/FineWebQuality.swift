import Documents

/// Drops lists and boilerplate (FineWeb, §3.5).
///
/// Other than in datatrove's filter: a line break counts once, however many lines are empty; words are
/// not punctuation marks (``ProseText``), which makes the rule of line breaks a little stricter; a line of
/// direct speech is punctuated (``SentenceEnd``).
struct FineWebQuality {
  var limits: Limits<FineWebMeasure>

  /// The most characters of a short line.
  private static let shortLine = 30

  func refusal(of text: ProseText) -> Reason? {
    guard !text.lines.isEmpty else { return nil }
    let lines = Double(text.lines.count)
    return limits.refusal { measure in
      switch measure {
      case .minimumPunctuatedLines:
        Double(text.lines.count { SentenceEnd.isAtEnd(of: $0.text) }) / lines
      case .maximumShortLines:
        Double(text.lines.count { $0.characters <= Self.shortLine }) / lines
      case .maximumDuplicateCharacters:
        Double(GopherRepetition.repeated(text.lines.map(\.text)).characters)
          / Double(max(1, text.lineCharacters))
      case .maximumLineBreaks: (lines - 1) / Double(max(1, text.words.count))
      }
    }
  }
}
