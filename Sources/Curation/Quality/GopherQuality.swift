import Documents

/// Drops documents that do not read like text (Gopher, A.1.1).
///
/// Other than in datatrove's filter: words are not punctuation marks (``ProseText``); stop words count in
/// capitals as well; an item of a list begins with a bullet, which is no character of its text; and a
/// text without a line has no share of lines instead of a division by zero.
struct GopherQuality {
  var limits: Limits<GopherMeasure>

  private static let stopWords: Set<String> = [
    "the", "be", "to", "of", "and", "that", "have", "with",
  ]

  func refusal(of text: ProseText) -> Reason? {
    limits.refusal { Self.value(of: $0, in: text) }
  }

  private static func value(of measure: GopherMeasure, in text: ProseText) -> Double? {
    switch measure {
    case .minimumWords, .maximumWords: Double(text.words.count)
    case .minimumWordLength, .maximumWordLength:
      text.words.isEmpty
        ? nil
        : share(text.words.reduce(0) { $0 + $1.unicodeScalars.count }, of: text.words.count)
    case .maximumHashSigns:
      share(text.lines.reduce(0) { $0 + hashSigns($1.text) }, of: text.pieces)
    case .maximumEllipses:
      share(text.lines.reduce(0) { $0 + ellipses($1.text) }, of: text.pieces)
    case .maximumBulletLines: share(text.lines.count(where: isBullet), of: text.lines.count)
    case .maximumEllipsisLines:
      share(
        text.lines.count { SentenceEnd.isEllipsisAtEnd(of: $0.text) }, of: text.lines.count)
    case .minimumAlphabeticWords:
      share(text.alphabeticWords, of: text.pieces)
    case .minimumStopWords: Double(stopWords(in: text))
    }
  }

  private static func share(_ count: Int, of whole: Int) -> Double {
    Double(count) / Double(max(1, whole))
  }

  private static func hashSigns(_ line: Substring) -> Int {
    line.utf8.count { $0 == UInt8(ascii: "#") }
  }

  private static func ellipses(_ line: Substring) -> Int {
    var count = 0
    var dots = 0
    for scalar in line.unicodeScalars {
      if scalar == "\u{2026}" { count += 1 }
      dots = scalar == "." ? dots + 1 : 0
      if dots == 3 {
        count += 1
        dots = 0
      }
    }
    return count
  }

  private static func isBullet(_ line: ProseText.Line) -> Bool {
    line.isItem || line.text.unicodeScalars.first.map { $0 == "\u{2022}" || $0 == "-" } == true
  }

  private static func stopWords(in text: ProseText) -> Int {
    var found: Set<String> = []
    for word in text.words where word.utf8.count <= 4 {
      let word = word.lowercased()
      if stopWords.contains(word) { found.insert(word) }
    }
    return found.count
  }
}
