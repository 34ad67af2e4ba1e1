import Documents

/// A document's prose, or one block of it, as the rules of quality see it: paragraphs of lines of words.
///
/// A paragraph is a block of the document; program code is none. Characters are Unicode scalars, as the
/// originals count them. A word is what stands between white space without the punctuation around it:
/// datatrove's tokenizer makes words of punctuation marks too, which takes a comma for a word without a
/// letter and drops good prose for it.
struct ProseText {
  /// A line that is not empty, without white space around it.
  struct Line {
    var text: Substring
    var characters: Int
    /// Whether it is the first line of an item of a list, whose bullet is no character of the text.
    var isItem: Bool
  }

  private(set) var paragraphs: [String] = []
  private(set) var lines: [Line] = []
  /// The number of words of each paragraph.
  private(set) var paragraphWords: [Int] = []
  /// What stands between white space and has a letter or a digit, without what is around those.
  private(set) var words: [Substring] = []
  /// How many words have a letter.
  private(set) var alphabeticWords = 0
  /// How many pieces between white space have neither letter nor digit.
  private(set) var symbols = 0

  init(_ nodes: [TextNode]) {
    for node in nodes where node.isProse {
      let before = words.count
      paragraphs.append(node.text)
      var isItem = node.kind == .listItem
      for line in node.text.unicodeScalars.split(whereSeparator: \.isLineBreak) {
        add(line, isItem: isItem)
        isItem = false
      }
      paragraphWords.append(words.count - before)
    }
  }

  /// How many pieces of text stand between white space.
  var pieces: Int { words.count + symbols }

  /// The characters of all lines, line breaks not counted.
  var lineCharacters: Int { lines.reduce(0) { $0 + $1.characters } }

  /// The characters of the text with an empty line between two paragraphs.
  var characters: Int {
    lineCharacters + max(0, lines.count - 1) + max(0, paragraphs.count - 1)
  }

  private mutating func add(_ line: Substring.UnicodeScalarView, isItem: Bool) {
    let pieces = line.split { $0.properties.isWhitespace }
    guard let first = pieces.first, let last = pieces.last else { return }
    let trimmed = line[first.startIndex..<last.endIndex]
    lines.append(Line(text: Substring(trimmed), characters: trimmed.count, isItem: isItem))
    for piece in pieces { add(word: piece) }
  }

  private mutating func add(word piece: Substring.UnicodeScalarView) {
    let isPart = { (scalar: Unicode.Scalar) in scalar.isLetterOrMark || scalar.isDigit }
    guard let first = piece.firstIndex(where: isPart), let last = piece.lastIndex(where: isPart)
    else {
      symbols += 1
      return
    }
    words.append(Substring(piece[first...last]))
    if piece.contains(where: \.properties.isAlphabetic) { alphabeticWords += 1 }
  }
}
