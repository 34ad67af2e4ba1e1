import Storage
import TestSupport
import Testing
import Tokenization

/// Model files from strangers: refused with an error, or used within their bounds.
struct ModelFileTests {
  private let texts = ["the work", "ﬁne Ｈ①é \u{200B} 東京 <image>", "x1y2  \u{0}", "A\u{301}\u{301}"]

  @Test func aMissingFileIsNamed() {
    #expect { try Tokenizer(modelPath: "/nowhere/a.model") } throws: {
      ($0 as? TokenizerError)?.code == .unreadable && "\($0)".contains("/nowhere/a.model")
    }
  }

  @Test(arguments: [[], [0], Array("not a model".utf8), [UInt8](repeating: 0xFF, count: 100)])
  func otherBytesAreNoModel(bytes: [UInt8]) {
    #expect { try Tokenizer(modelBytes: bytes, name: "'x.model'") } throws: {
      ($0 as? TokenizerError)?.code == .malformedModel && "\($0)".contains("'x.model'")
    }
  }

  @Test func everyKindOfTruncationIsRefusedOrHarmless() throws {
    let whole = try FileSystem.read(Fixture.path("unigram.model"))
    for count in stride(from: 0, to: whole.count, by: 9973) { use(Array(whole[..<count])) }
    for count in whole.count - 60..<whole.count { use(Array(whole[..<count])) }
  }

  @Test func randomDamageIsRefusedOrHarmless() throws {
    let whole = try FileSystem.read(Fixture.path("unigram.model"))
    var generator = SeededGenerator(seed: 12)
    for round in 0..<80 {
      var bytes = whole
      // Pieces and settings stand at the two ends, the normaliser's table between them.
      let range = round % 2 == 0 ? 0..<9000 : 0..<whole.count
      for _ in 0..<4 {
        let index = Int.random(in: range, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      use(bytes)
    }
  }

  private func use(_ bytes: [UInt8]) {
    guard let tokenizer = try? Tokenizer(modelBytes: bytes) else { return }
    for text in texts {
      let ids = tokenizer.encode(text)
      _ = tokenizer.decode(ids)
      _ = tokenizer.encodeWithSpans(text)
    }
  }
}
