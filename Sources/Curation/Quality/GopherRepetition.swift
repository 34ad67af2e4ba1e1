import Documents

/// Drops documents that say the same again and again (Gopher, table A1).
///
/// Other than in datatrove's filter: a run of words that occurs once is no repetition, which there drops
/// most texts of less than twenty words; of equally frequent runs the longest counts instead of the
/// first; and occurrences that overlap are counted once, so that no share is above 1.
struct GopherRepetition {
  var limits: Limits<RepetitionMeasure>

  func refusal(of text: ProseText) -> Reason? {
    guard limits.isOn, text.characters > 0 else { return nil }
    let words = NumberedWords(text.words)
    let characters = Double(text.characters)
    return limits.refusal { measure in
      switch measure {
      case .maximumParagraphs: Self.repeated(text.paragraphs).share
      case .maximumParagraphCharacters:
        Double(Self.repeated(text.paragraphs).characters) / characters
      case .maximumLines: Self.repeated(text.lines.map(\.text)).share
      case .maximumLineCharacters:
        Double(Self.repeated(text.lines.map(\.text)).characters) / characters
      case .maximumTop2Gram, .maximumTop3Gram, .maximumTop4Gram:
        Double(words.charactersOfTop(measure.length ?? 0)) / characters
      default: Double(words.charactersOfDuplicates(measure.length ?? 0)) / characters
      }
    }
  }

  /// How many of some pieces of text stand before, and how many characters those have.
  static func repeated<Piece: StringProtocol>(
    _ pieces: [Piece]
  ) -> (share: Double, characters: Int) {
    var seen: Set<Piece> = []
    var count = 0
    var characters = 0
    for piece in pieces where !seen.insert(piece).inserted {
      count += 1
      characters += piece.unicodeScalars.count
    }
    return (Double(count) / Double(max(1, pieces.count)), characters)
  }
}

/// Words as numbers, the same word the same number, for looking for runs of them.
struct NumberedWords {
  private var numbers: [UInt64] = []
  /// How many characters stand before each word, and in all.
  private var sums = [0]

  init(_ words: [Substring]) {
    var known: [Substring: UInt64] = [:]
    for word in words {
      let number = known[word] ?? UInt64(known.count)
      known[word] = number
      numbers.append(number)
      sums.append((sums.last ?? 0) + word.unicodeScalars.count)
    }
  }

  /// The characters of all occurrences of the most frequent run of `length` words that occurs more than
  /// once, a space between two words counted.
  func charactersOfTop(_ length: Int) -> Int {
    var runs: [[UInt64]: (count: Int, end: Int, characters: Int)] = [:]
    for start in starts(length) {
      let run = Array(numbers[start..<start + length])
      let characters = sums[start + length] - sums[start] + length - 1
      var found = runs[run] ?? (0, 0, characters)
      if found.count > 0 && start < found.end { continue }
      found.count += 1
      found.end = start + length
      runs[run] = found
    }
    let top = runs.values.max { ($0.count, $0.characters) < ($1.count, $1.characters) }
    guard let top, top.count > 1 else { return 0 }
    return top.count * top.characters
  }

  /// The characters of the words in runs of `length` words that stand before, no word counted twice.
  func charactersOfDuplicates(_ length: Int) -> Int {
    var seen: Set<ArraySlice<UInt64>> = []
    var characters = 0
    var start = 0
    while start + length <= numbers.count {
      if seen.insert(numbers[start..<start + length]).inserted {
        start += 1
      } else {
        characters += sums[start + length] - sums[start]
        start += length
      }
    }
    return characters
  }

  private func starts(_ length: Int) -> Range<Int> { 0..<max(0, numbers.count - length + 1) }
}
