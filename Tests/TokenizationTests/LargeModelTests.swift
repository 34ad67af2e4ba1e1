import Storage
import TestSupport
import Testing

@testable import Tokenization

/// A model of KOSMOS-1's size: 64,000 pieces.
struct LargeModelTests {
  /// The trained model and as many invented words as are lacking, with invented scores.
  private static let model: [UInt8] = {
    guard let base = try? FileSystem.read(Fixture.path("unigram.model")),
      let known = try? UnigramModel(base)
    else { return [] }
    var generator = SeededGenerator(seed: 64)
    let count = 64_000 - known.ends.count
    return (0..<count).reduce(into: base) { bytes, number in
      // The last one is never better said by others.
      let score = number == count - 1 ? -1 : Float.random(in: -16 ..< -6, using: &generator)
      bytes += piece(word(number), score)
    }
  }()

  /// A word that no other number has: syllables, after a space or within a word.
  private static func word(_ number: Int) -> String {
    let syllables = ["qa", "wex", "zy", "jo", "kiv", "vu", "ßo", "tū", "xi", "gǎ"]
    // At least four syllables, which are no piece of the trained model.
    let digits = String(number + 1000).compactMap(\.wholeNumberValue).map { syllables[$0] }
    return (number % 2 == 0 ? "\u{2581}" : "") + digits.joined()
  }

  /// A serialised normal piece.
  private static func piece(_ text: String, _ score: Float) -> [UInt8] {
    let score = (0..<4).map { UInt8(truncatingIfNeeded: score.bitPattern >> (8 * $0)) }
    let body = [0x0A, UInt8(text.utf8.count)] + Array(text.utf8) + [0x15] + score + [0x18, 1]
    return [0x0A, UInt8(body.count)] + body
  }

  @Test func theVocabularyHas64007Tokens() throws {
    let tokenizer = try Tokenizer(modelBytes: Self.model)
    #expect(tokenizer.vocabulary == Vocabulary(pieces: 64_000))
    #expect(tokenizer.vocabulary.size == 64_007)
    #expect(tokenizer.vocabulary.image == 64_003 && tokenizer.vocabulary.lineEnd == 64_006)
    // The last piece is the last of the text's tokens, one above its number in the model.
    let last = Self.word(64_000 - 500 - 1)
    let ids = tokenizer.encode(last)
    #expect(ids.last == 64_000 && tokenizer.vocabulary.textIDs.upperBound == 64_001)
    #expect(tokenizer.decode(ids) == last)
  }

  @Test func generatedTextsGiveTheLibrarysIDs() throws {
    try ModelCheck.check(Self.model)
    let encoder = UnigramEncoder(try UnigramModel(Self.model))
    let library = try SentencePieceModel(bytes: Self.model)
    var generator = SeededGenerator(seed: 65)
    var texts = GeneratedTexts(seed: 66)
    var met: Set<Int32> = []
    for _ in 0..<2000 {
      let words = (0..<12).map { _ in Self.word(.random(in: 0..<63_500, using: &generator)) }
      let text = words.joined(separator: Bool.random(using: &generator) ? " " : "") + texts.next()
      let ids = encoder.encode(text)
      try #require(ids == library.encode(text), "\(text.debugDescription)")
      met.formUnion(ids)
    }
    // Most of what is compared lies beyond the small model.
    #expect(met.count > 5000 && (met.max() ?? 0) > 63_000)
  }

  @Test func literalNamesOfTokensStayText() throws {
    let tokenizer = try Tokenizer(modelBytes: Self.model)
    for name in ["<s>", "</s>", "<image>", "</image>", "</line>", "<pad>", "<mask>"] {
      let ids = tokenizer.encode("a \(name) b")
      #expect(
        ids.allSatisfy { tokenizer.vocabulary.textIDs.contains($0) || $0 == Vocabulary.unknown })
    }
  }
}
