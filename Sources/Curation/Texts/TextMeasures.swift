/// How many words, emoji, hashtags and links a text has.
struct TextMeasures {
  /// The runs of characters between white space.
  private(set) var words = 0
  /// The characters that are shown as pictures.
  private(set) var emoji = 0
  /// The words that are a hash sign and a name, such as `#sunset`.
  private(set) var hashtags = 0
  /// The words that are an address, such as `https://example.com` or `www.example.com`.
  private(set) var links = 0

  init() {}

  init(_ text: String) {
    for scalars in text.unicodeScalars.split(whereSeparator: Self.isSpace) {
      words += 1
      // Most words have neither a hash sign, nor an address's punctuation, nor a character beyond
      // ASCII, and need no closer look.
      guard scalars.contains(where: Self.isTelling) else { continue }
      let word = Substring(scalars)
      if Self.isHashtag(word) { hashtags += 1 }
      if Self.isLink(word) { links += 1 }
      if !word.utf8.allSatisfy({ $0 < 0x80 }) { emoji += word.count(where: Self.isEmoji) }
    }
  }

  /// Adds the counts of another text.
  mutating func add(_ other: TextMeasures) {
    words += other.words
    emoji += other.emoji
    hashtags += other.hashtags
    links += other.links
  }

  /// Whether a word is an address, whatever brackets or quotes stand before it.
  static func isLink(_ word: some StringProtocol) -> Bool {
    let start = word.drop { !$0.isLetter && !$0.isNumber }.prefix(8).lowercased()
    return ["http://", "https://", "www."].contains { start.hasPrefix($0) }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20: true
    case 0x00...0x84: false
    default: scalar.properties.isWhitespace
    }
  }

  private static func isTelling(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "#" || scalar == "." || scalar == ":" || !scalar.isASCII
  }

  private static func isHashtag(_ word: some StringProtocol) -> Bool {
    let tag = word.drop { !$0.isLetter && !$0.isNumber && $0 != "#" }
    guard tag.first == "#" else { return false }
    // `#1` is a number and `#` alone a sign; a name has a letter.
    let name = tag.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.contains(where: \.isLetter)
  }

  /// A character that is shown as a picture by default, or is asked to be by U+FE0F.
  private static func isEmoji(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }
  }
}
