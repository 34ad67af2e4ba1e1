internal import Documents

/// The words of a text as 64-bit hashes, whatever their case, punctuation and numbers.
///
/// The normalisation is that of datatrove's MinHash (`simplify_text`): lower case, punctuation and symbols
/// to spaces, a number with or without fraction to `0`. Diacritics are kept, which it folds. Scripts
/// that write no spaces give a word for each character; it asks a language-specific tokenizer there.
public struct WordHashes: Sendable {
  /// One hash for each word, in order.
  public private(set) var values: [UInt64] = []

  private var current = Self.start
  private var hasCurrent = false
  private var isNumber = false

  // FNV-1a, 64 bit.
  private static let start: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3

  /// Makes hashes of no words.
  public init() {}

  /// Hashes the words of a text.
  public init(_ text: String) { add(text) }

  /// Adds the words of a text; it begins and ends words.
  public mutating func add(_ text: String) {
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      let value = scalar.value
      switch value {
      case 0x61...0x7a: append(value)
      case 0x41...0x5a: append(value + 0x20)
      case 0x30...0x39: appendDigit()
      // The point of a fraction; the digits after it go on with the number.
      case 0x2e where isNumber && next.map { 0x30...0x39 ~= $0.value } == true: break
      case 0...0x7f: endWord()
      default: addOther(scalar)
      }
    }
    endWord()
  }

  private mutating func addOther(_ scalar: Unicode.Scalar) {
    if Self.isWordAlone(scalar) {
      endWord()
      append(scalar.value)
      endWord()
      return
    }
    switch scalar.properties.generalCategory {
    case .decimalNumber: appendDigit()
    case .uppercaseLetter, .titlecaseLetter:
      for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(lower.value) }
    case .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
      .enclosingMark:
      append(scalar.value)
    // A soft hyphen or a joiner stands inside of words.
    case .format: break
    default: endWord()
    }
  }

  /// Whether a character is of a script that writes no spaces between words.
  private static func isWordAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Thai and Lao, Myanmar, Khmer, kana.
    case 0x0e00...0x0eff, 0x1000...0x109f, 0x1780...0x17ff, 0x3041...0x30ff: true
    case 0...0x2e7f: false
    default: scalar.properties.isIdeographic
    }
  }

  private mutating func append(_ value: UInt32) {
    current = (current ^ UInt64(value)) &* Self.prime
    hasCurrent = true
    isNumber = false
  }

  private mutating func appendDigit() {
    if isNumber { return }
    append(0x30)
    isNumber = true
  }

  private mutating func endWord() {
    guard hasCurrent else { return }
    values.append(SeededHash.finish(current))
    current = Self.start
    hasCurrent = false
    isNumber = false
  }
}

extension WordHashes {
  /// A hash of all words in order, never 0.
  public var digest: UInt64 {
    max(1, SeededHash.finish(values.reduce(Self.start) { ($0 ^ $1) &* Shingles.factor }))
  }
}
