internal import Tokenization

/// The text of a sequence around a position.
struct SequenceText {
  /// The most tokens shown on either side.
  private static let reach = 24

  private let tokens: [Int32]
  private let tokenizer: Tokenizer

  init(_ tokens: [Int32], _ tokenizer: Tokenizer) {
    self.tokens = tokens
    self.tokenizer = tokenizer
  }

  /// The text of the token at a position.
  func at(_ position: Int) -> String {
    let token = tokens[position]
    if tokenizer.vocabulary.textIDs.contains(token) {
      return Self.spelled(tokenizer.piece(of: token))
    }
    return token == tokenizer.vocabulary.image ? "[image]" : tokenizer.piece(of: token)
  }

  /// The text before a position.
  func before(_ position: Int) -> String {
    var start = position
    var shown = 0
    while start > 0 && shown < Self.reach {
      start -= 1
      // The positions of an image count as one.
      let isImage = tokens[start] == tokenizer.vocabulary.image
      if !isImage || tokens[start + 1] != tokens[start] { shown += 1 }
    }
    return text(start..<position)
  }

  /// The text after a position.
  func after(_ position: Int) -> String {
    var end = position + 1
    var shown = 0
    while end < tokens.count && shown < Self.reach {
      let isImage = tokens[end] == tokenizer.vocabulary.image
      if !isImage || tokens[end - 1] != tokens[end] { shown += 1 }
      end += 1
    }
    return text(position + 1..<end)
  }

  /// The text of a range, an image's positions folded into one word.
  func text(_ range: Range<Int>) -> String {
    let vocabulary = tokenizer.vocabulary
    var text = ""
    for position in range {
      let token = tokens[position]
      if token == vocabulary.image {
        if position == range.lowerBound || tokens[position - 1] != token { text += " [image] " }
      } else if token == vocabulary.lineEnd {
        text += "\n"
      } else if vocabulary.textIDs.contains(token) {
        text += Self.spelled(tokenizer.piece(of: token))
      } else if token != vocabulary.imageEnd {
        text += tokenizer.piece(of: token)
      }
    }
    return text
  }

  /// A piece with the model's mark of a space (U+2581) as a space.
  static func spelled(_ piece: String) -> String {
    String(piece.map { $0 == "\u{2581}" ? " " : $0 })
  }
}
