/// Where sentences end.
///
/// A full stop, question or exclamation mark of any script ends one (the Unicode property
/// Sentence_Terminal). FineWeb does not look behind closing quotation marks and brackets, and calls a
/// line of direct speech unpunctuated; here they are passed over.
enum SentenceEnd {
  /// Whether a line ends a sentence.
  static func isAtEnd(of line: Substring) -> Bool {
    line.unicodeScalars.reversed().first { !$0.isClosing }?.properties.isSentenceTerminal == true
  }

  /// Whether a line ends with an ellipsis.
  static func isEllipsisAtEnd(of line: Substring) -> Bool {
    line.hasSuffix("...") || line.unicodeScalars.last == "\u{2026}"
  }

  /// Whether a line ends with a quotation mark.
  static func isQuoteAtEnd(of line: Substring) -> Bool {
    guard let last = line.unicodeScalars.last else { return false }
    return last.isClosing && last.properties.generalCategory != .closePunctuation
  }

  /// How many sentences a line has: one that is not ended is one as well.
  ///
  /// A mark counts where white space or the line's end follows it, so that `3.5` and `weft.run` end
  /// nothing; abbreviations do, as in the tokenizers of sentences that have no list of them.
  static func sentences(in line: Substring) -> Int {
    var count = 0
    var isOpen = false
    var isEnded = false
    for scalar in line.unicodeScalars {
      if scalar.properties.isSentenceTerminal {
        isEnded = true
      } else if scalar.properties.isWhitespace {
        if isEnded && isOpen {
          count += 1
          isOpen = false
        }
        isEnded = false
      } else if !scalar.isClosing {
        isEnded = false
        if scalar.isLetterOrMark || scalar.isDigit { isOpen = true }
      }
    }
    return count + (isOpen ? 1 : 0)
  }
}
