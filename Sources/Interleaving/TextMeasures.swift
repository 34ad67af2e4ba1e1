/// Counts of what a block's text is made of, in one pass over its bytes.
struct TextMeasures {
  var characters = 0
  var words = 0
  var capitalised = 0
  var stopWords = 0
  var boilerplateWords = 0
  var letters = 0
  var capitals = 0
  var digits = 0
  var sentences = 0
  var commas = 0
  var bars = 0
  var questions = 0
  var nonASCII = 0
  var hasCopyright = false
  var hasPrice = false
  var hasYear = false
  var startsWithCapital = false
  var endsSentence = false
  var endsWithColon = false
  /// How many words are among those of the page's titles, and of its descriptions.
  var titleWords = 0
  var descriptionWords = 0
  /// A hash of the text's letters and digits, by which repeated blocks are known.
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ text: ArraySlice<UInt8>, _ page: PageWords) {
    var word = Word()
    var previous: UInt8 = 0
    for byte in text {
      count(byte, after: previous)
      if Self.isWordByte(byte) {
        word.append(byte)
      } else {
        if word.length > 0 { end(word, page) }
        word = Word()
      }
      previous = byte
    }
    if word.length > 0 { end(word, page) }
    describeEnds(text)
  }

  private mutating func count(_ byte: UInt8, after previous: UInt8) {
    // Bytes that continue a character are none of their own.
    if byte & 0xC0 != 0x80 { characters += 1 }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): letters += 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      letters += 1
      capitals += 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      digits += 1
      if previous == UInt8(ascii: "$") || previous == 0xA3 { hasPrice = true }
    case 0x20, 0x0A:
      if previous == UInt8(ascii: ".") || previous == UInt8(ascii: "!")
        || previous == UInt8(ascii: "?")
      {
        sentences += 1
      }
    case UInt8(ascii: ","): commas += 1
    case UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "/"): bars += 1
    case UInt8(ascii: "?"): questions += 1
    case 0x80...:
      nonASCII += 1
      if byte == 0xA9, previous == 0xC2 { hasCopyright = true }
      // The euro sign is E2 82 AC.
      if byte == 0xAC, previous == 0x82 { hasPrice = true }
      // The ideographic full stop is E3 80 82.
      if byte == 0x82, previous == 0x80 { sentences += 1 }
    default: break
    }
  }

  private mutating func end(_ word: Word, _ page: PageWords) {
    words += 1
    if word.isCapitalised { capitalised += 1 }
    hash = (hash ^ word.hash) &* 0x0000_0100_0000_01b3
    if word.length == 4, word.digits == 4,
      word.first == UInt8(ascii: "2") || word.first == UInt8(ascii: "1")
    {
      hasYear = true
    }
    let meaning = TextWords.meaning(of: word.hash)
    if meaning == .stopWord {
      stopWords += 1
      return
    }
    if meaning == .boilerplate { boilerplateWords += 1 }
    if page.title.contains(word.hash) { titleWords += 1 }
    if page.description.contains(word.hash) { descriptionWords += 1 }
  }

  /// Calls `body` with the hash of each word of a text.
  static func forEachWord(of text: ArraySlice<UInt8>, _ body: (UInt64) -> Void) {
    var word = Word()
    for byte in text {
      if isWordByte(byte) {
        word.append(byte)
      } else if word.length > 0 {
        body(word.hash)
        word = Word()
      }
    }
    if word.length > 0 { body(word.hash) }
  }

  private mutating func describeEnds(_ text: ArraySlice<UInt8>) {
    if let first = text.first { startsWithCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first }
    // A closing quotation mark or bracket may follow the full stop.
    let last = text.reversed().prefix(4).first { byte in
      !"\"')]".utf8.contains(byte) && byte < 0x80
    }
    endsSentence = last.map { ".!?".utf8.contains($0) } ?? false
    if endsSentence { sentences += 1 }
    endsWithColon = text.last == UInt8(ascii: ":")
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 32
      || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "'")
  }

  private struct Word {
    var hash = TextWords.seed
    var length = 0
    var digits = 0
    var first: UInt8 = 0
    var isCapitalised: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first }

    mutating func append(_ byte: UInt8) {
      if length == 0 { first = byte }
      if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { digits += 1 }
      let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      hash = TextWords.mix(hash, isCapital ? byte | 32 : byte)
      length += 1
    }
  }
}
