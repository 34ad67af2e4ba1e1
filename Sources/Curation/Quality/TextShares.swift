import Documents

/// Drops blocks and documents by shares of their words and characters (OBELICS, A.1; OmniCorpus).
///
/// Other than in OBELICS: a special character is whatever is neither a letter nor a mark on one, where
/// OBELICS has a list of some four hundred; the punctuation of a document of less than twelve words is not
/// judged, as that of its blocks is not; and a single spam word is none, since "Click OK to apply the
/// filter." is a sentence.
struct TextShares {
  var limits: Limits<ShareMeasure>
  var flaggedWords: Set<String> = []
  var spamWords: Set<String> = []

  /// OBELICS's lengths of the runs that repetition is looked for in.
  private static let characterRun = 10
  private static let wordRun = 5
  /// With fewer words and marks there is too little to judge punctuation by.
  private static let leastForPunctuation = 12

  func refusal(of text: ProseText) -> Reason? {
    guard limits.isOn else { return nil }
    let words = text.words.map { $0.lowercased() }
    let characters = ScalarCounts(text)
    return limits.refusal { measure in
      switch measure {
      case .minimumWords, .maximumWords: Double(words.count)
      case .maximumCharacterRepetition: Self.repetition(ofCharactersIn: text)
      case .maximumWordRepetition: Self.repetition(of: words)
      case .maximumSpecialCharacters: characters.share(characters.special)
      case .minimumStopWords: Self.share(of: EnglishStopWords.all, in: words)
      case .maximumFlaggedWords: Self.share(of: flaggedWords, in: words)
      case .maximumSpamWords:
        words.count(where: spamWords.contains) < 2 ? nil : Self.share(of: spamWords, in: words)
      case .minimumPunctuation:
        words.count + characters.punctuation < Self.leastForPunctuation
          ? nil
          : Double(characters.punctuation) / Double(words.count + characters.punctuation)
      case .maximumCapitals:
        Double(characters.capitals) / Double(max(1, characters.letters))
      case .maximumDigits: characters.share(characters.digits)
      }
    }
  }

  private static func share(of list: Set<String>, in words: [String]) -> Double {
    Double(words.count(where: list.contains)) / Double(max(1, words.count))
  }

  /// The runs of words that occur twice or more, among all.
  private static func repetition(of words: [String]) -> Double {
    guard words.count >= wordRun else { return 0 }
    var counts: [ArraySlice<String>: Int] = [:]
    for start in 0...words.count - wordRun {
      counts[words[start..<start + wordRun], default: 0] += 1
    }
    let repeated = counts.values.reduce(0) { $1 > 1 ? $0 + $1 : $0 }
    return Double(repeated) / Double(words.count - wordRun + 1)
  }

  /// The occurrences of the most frequent runs of characters, as many runs as the square root of how
  /// many different ones there are, among all.
  private static func repetition(ofCharactersIn text: ProseText) -> Double {
    let joined = text.paragraphs.joined(separator: "\n\n")
    let scalars = Array(joined.unicodeScalars)
    guard scalars.count >= characterRun else { return 0 }
    var counts: [ArraySlice<Unicode.Scalar>: Int] = [:]
    for start in 0...scalars.count - characterRun {
      counts[scalars[start..<start + characterRun], default: 0] += 1
    }
    let most = Int(Double(counts.count).squareRoot())
    let repeated = counts.values.filter { $0 > 1 }.sorted(by: >).prefix(most).reduce(0, +)
    return Double(repeated) / Double(scalars.count - characterRun + 1)
  }
}

/// How many characters of each class a text has.
private struct ScalarCounts {
  var all = 0
  var letters = 0
  var capitals = 0
  var digits = 0
  var special = 0
  var punctuation = 0

  init(_ text: ProseText) {
    all = text.characters
    special = text.characters - text.lineCharacters
    for line in text.lines {
      for scalar in line.text.unicodeScalars {
        if scalar.isLetterOrMark {
          letters += 1
          if scalar.properties.isUppercase { capitals += 1 }
        } else {
          special += 1
          if scalar.isDigit { digits += 1 }
          if ",;:?!.".unicodeScalars.contains(scalar) { punctuation += 1 }
        }
      }
    }
  }

  func share(_ count: Int) -> Double { Double(count) / Double(max(1, all)) }
}
