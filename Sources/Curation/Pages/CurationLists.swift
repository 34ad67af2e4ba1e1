/// The lists that rules look things up in, read from the files that the configuration names.
public struct CurationLists: Hashable, Sendable {
  /// Whose pages are dropped.
  public var blockList = BlockList()
  /// Words that ``ShareMeasure/maximumFlaggedWords`` counts, in lower case.
  public var flaggedWords: Set<String> = []

  /// Makes empty lists.
  public init() {}

  /// Reads the text of a list of words: one a line, what follows `#` is a comment.
  public static func words(parsing text: String) -> Set<String> {
    var words: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      for word in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
        words.insert(word.lowercased())
      }
    }
    return words
  }
}

/// A line of a list that cannot be meant.
public struct CurationListError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  public var line: Int
  /// What is wrong, and what is accepted.
  public var message: String

  /// The line and what is wrong with it.
  public var description: String { "line \(line): \(message)" }
}
