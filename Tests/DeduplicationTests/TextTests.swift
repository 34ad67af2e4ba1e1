import Deduplication
import TestSupport
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("Hello, World!", "hello world"),
    ("  one\ttwo\n\nthree ", "one two three"),
    ("version 3.25 of 2024", "version 0 of 0"),
    ("3.", "7"), ("12 34", "0 0"), ("a_b", "a b"), ("don't", "don t"),
    ("ÉTÉ", "été"), ("soft\u{ad}hyphen", "softhyphen"), ("٣٤", "7"), ("x2", "x9"),
    ("日本語", "日 本 語"), ("a — b", "a b"), ("", " \u{2003}!?"),
  ])
  func caseAndPunctuationAndNumbersDoNotCount(one: String, other: String) {
    #expect(WordHashes(one).values == WordHashes(other).values)
  }

  @Test(arguments: [("ab c", "a bc"), ("a b", "b a"), ("résumé", "resume"), ("1 2", "1")])
  func otherTextsDiffer(one: String, other: String) {
    #expect(WordHashes(one).values != WordHashes(other).values)
    #expect(WordHashes(one).digest != WordHashes(other).digest)
  }

  @Test(arguments: [(0, 0), (4, 0), (5, 1), (6, 2), (100, 96)])
  func aTextHasAShingleForEachRunOfWords(words: Int, expected: Int) {
    // Digits are all one number, so words are told apart by their length.
    let spelled = (0..<words).map { String(repeating: "a", count: $0 + 1) }
      .joined(separator: " ")
    #expect(Shingles(WordHashes(spelled), length: 5).values.count == expected)
  }

  @Test func repeatedShinglesCountOnce() {
    let text = String(repeating: "same ", count: 50)
    #expect(Shingles(WordHashes(text), length: 5).values.count == 1)
  }

  @Test func similarityIsThatOfSets() {
    func shingles(_ text: String) -> Shingles { Shingles(WordHashes(text), length: 1) }
    #expect(shingles("a b c d").similarity(to: shingles("c d e f")) == 2.0 / 6)
    #expect(shingles("a b").similarity(to: shingles("b a")) == 1)
    #expect(shingles("a b").similarity(to: shingles("c")) == 0)
    #expect(shingles("").similarity(to: shingles("")) == 0)
  }

  /// Broder: two texts agree in a band of one row with the probability of their similarity; in one of 14
  /// bands of 8 with 1 − (1 − s^8)^14.
  @Test(arguments: [0.5, 0.6, 0.7, 0.75, 0.8, 0.9])
  func bandsAgreeAsOftenAsTheySay(similarity: Double) {
    var generator = SeededGenerator(seed: UInt64(similarity * 100))
    let minHash = MinHash(bands: 14, rows: 8)
    let trials = 2_000
    let size = 200
    // Of n shingles each, s·2n/(1+s) shared ones give a similarity of s.
    let shared = Int((similarity * Double(2 * size) / (1 + similarity)).rounded())
    let exact = Double(shared) / Double(2 * size - shared)
    var found = 0
    for _ in 0..<trials {
      let words = DocumentSet.letters(2 * size - shared, &generator)
      let one = Shingles(WordHashes(words[..<size].joined(separator: " ")), length: 1)
      let other = Shingles(
        WordHashes(words[(size - shared)...].joined(separator: " ")), length: 1)
      let agree = zip(minHash.signature(of: one), minHash.signature(of: other)).contains(where: ==)
      if agree { found += 1 }
    }
    var miss = 1.0
    for _ in 0..<14 { miss *= 1 - exact.power(8) }
    let expected = 1 - miss
    // Four standard deviations of a binomial share.
    let tolerance = 4 * (expected * (1 - expected) / Double(trials)).squareRoot() + 0.002
    #expect(abs(Double(found) / Double(trials) - expected) < tolerance)
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * self }
  }
}
