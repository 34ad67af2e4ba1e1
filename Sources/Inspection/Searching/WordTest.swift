internal import Foundation

/// Tells whether a text has all of some words, wherever they stand in it.
struct WordTest {
  /// How many characters around the first word are shown.
  private static let reach = 90

  private let words: [String]
  private let stretches: [[UInt8]]

  /// Prepares the test for words in lower case.
  init(_ words: [String]) {
    self.words = words
    stretches = words.compactMap(Self.plainStretch)
  }

  /// Whether JSON may hold the words; `false` is certain, and costs a tenth of reading the JSON.
  func mayMatch(_ json: [UInt8]) -> Bool {
    if words.isEmpty { return false }
    return stretches.allSatisfy { Self.contains(json, $0) }
  }

  /// The text around the first of the words, as what stands before it, the word, and what stands after;
  /// `nil` where the text lacks a word.
  func excerpt(of text: String) -> [String]? {
    var first: Range<String.Index>?
    for word in words {
      // As by `lowercased()` on both sides, but with places in the text itself.
      guard let range = text.range(of: word, options: [.caseInsensitive, .literal]) else {
        return nil
      }
      if first.map({ range.lowerBound < $0.lowerBound }) ?? true { first = range }
    }
    guard let first else { return nil }
    let start =
      text.index(first.lowerBound, offsetBy: -Self.reach, limitedBy: text.startIndex)
      ?? text.startIndex
    let end =
      text.index(first.upperBound, offsetBy: Self.reach, limitedBy: text.endIndex) ?? text.endIndex
    return [
      (start > text.startIndex ? "…" : "") + text[start..<first.lowerBound], String(text[first]),
      text[first.upperBound..<end] + (end < text.endIndex ? "…" : ""),
    ]
  }

  /// The longest run of ASCII letters and digits of a word: JSON writes them as they are.
  private static func plainStretch(of word: String) -> [UInt8]? {
    word.utf8.split { !isPlain($0) }.max { $0.count < $1.count }.map { Array($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }

  /// Whether bytes hold others, ASCII letters of either case being the same.
  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    let text = bytes.span
    for start in 0...bytes.count - wanted.count where lower(text[start]) == first {
      if wanted.indices.allSatisfy({ lower(text[start + $0]) == wanted[$0] }) { return true }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
