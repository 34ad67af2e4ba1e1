import Foundation
import Storage
import TestSupport
import Testing
import Tokenization

/// The model and the golden ids of `Fixtures`.
enum Fixture {
  static func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path()
  }

  static func tokenizer() throws -> Tokenizer { try Tokenizer(modelPath: path("unigram.model")) }
}

struct TokenizerTests {
  struct Golden: Decodable {
    var text: String
    var ids: [Int32]
    var decoded: String
  }

  @Test func idsAndTextAreThoseOfThePythonPackage() throws {
    let tokenizer = try Fixture.tokenizer()
    let lines = try FileSystem.readText(Fixture.path("golden.jsonl")).split(separator: "\n")
    for line in lines {
      let golden = try JSONDecoder().decode(Golden.self, from: Data(line.utf8))
      #expect(tokenizer.encode(golden.text) == golden.ids, "\(golden.text.debugDescription)")
      #expect(Array(tokenizer.decode(golden.ids).utf8) == Array(golden.decoded.utf8))
    }
    #expect(lines.count > 200)
  }

  @Test func theLayoutIsThatOfKosmos() throws {
    let vocabulary = Vocabulary(pieces: 64_000)
    #expect(vocabulary.size == 64_007)
    #expect(
      [Vocabulary.begin, Vocabulary.pad, Vocabulary.end, Vocabulary.unknown] == [0, 1, 2, 3])
    #expect(vocabulary.textIDs == 4..<64_001)
    #expect(
      [
        vocabulary.mask, vocabulary.documentEnd, vocabulary.image, vocabulary.imageEnd,
        vocabulary.chunkEnd, vocabulary.lineEnd,
      ] == [64_001, 64_002, 64_003, 64_004, 64_005, 64_006])
    let names = (0..<Int32(64_007)).compactMap(vocabulary.specialName(of:))
    #expect(
      names == [
        "<s>", "<pad>", "</s>", "<unk>", "<mask>", "</doc>", "<image>", "</image>", "</chunk>",
        "</line>",
      ])
    #expect(try Fixture.tokenizer().vocabulary.size == 507)
  }

  @Test(arguments: [
    "<s>", "<pad>", "</s>", "<unk>", "<mask>", "</doc>", "<image>", "</image>", "</chunk>",
    "</line>",
  ])
  func textNeverBecomesASpecialToken(name: String) throws {
    let tokenizer = try Fixture.tokenizer()
    let vocabulary = tokenizer.vocabulary
    for text in [name, "a \(name) b", "x\(name)\(name)", "\u{2581}\(name)"] {
      let ids = tokenizer.encode(text)
      #expect(ids.allSatisfy { vocabulary.textIDs.contains($0) || $0 == Vocabulary.unknown })
      #expect(ids.count > 2)
    }
  }

  @Test(arguments: [
    "", "one", " GNU  General Public ", "ﬁne Ｈ①é", "a\u{0}b\u{200B}c", "😀 東京 x", "\t", "<image>",
  ])
  func spansCoverTheTextInOrder(text: String) throws {
    let tokenizer = try Fixture.tokenizer()
    let pieces = tokenizer.encodeWithSpans(text)
    #expect(pieces.map(\.id) == tokenizer.encode(text))
    for (piece, next) in zip(pieces, pieces.dropFirst()) {
      #expect(piece.bytes.upperBound == next.bytes.lowerBound)
    }
    #expect(pieces.allSatisfy { $0.bytes.upperBound <= text.utf8.count })
  }

  @Test func spansAreTheBytesOfThePieces() throws {
    let text = "General Public License"
    let pieces = try Fixture.tokenizer().encodeWithSpans(text)
    let utf8 = Array(text.utf8)
    let joined = pieces.flatMap { utf8[$0.bytes] }
    #expect(joined == utf8)
  }

  @Test func decodingSkipsWhatIsNotText() throws {
    let tokenizer = try Fixture.tokenizer()
    let vocabulary = tokenizer.vocabulary
    let hello = tokenizer.encode("Licensor")
    let world = tokenizer.encode("the work")
    let picture = [vocabulary.image, vocabulary.image, vocabulary.imageEnd]
    #expect(
      tokenizer.decode([0] + picture + hello + [vocabulary.lineEnd] + world + [2, 1, 1])
        == "Licensor\nthe work")
    #expect(tokenizer.decode(hello + picture + world) == "Licensor the work")
    #expect(tokenizer.decode([-1, 507, .max, .min, vocabulary.mask, 0]) == "")
    #expect(tokenizer.decode([Vocabulary.unknown]).contains("⁇"))
    #expect(tokenizer.decode([]) == "")
  }

  @Test func piecesAreNamed() throws {
    let tokenizer = try Fixture.tokenizer()
    #expect(tokenizer.piece(of: tokenizer.vocabulary.image) == "<image>")
    #expect(tokenizer.piece(of: 3) == "<unk>")
    #expect(tokenizer.piece(of: 507) == "<507>" && tokenizer.piece(of: -1) == "<-1>")
    #expect(tokenizer.encode("the").map(tokenizer.piece(of:)) == ["▁the"])
  }

  @Test func manyThreadsShareATokenizer() async throws {
    let tokenizer = try Fixture.tokenizer()
    let texts = (0..<50).map { "line \($0) of the GNU General Public License \($0 * 77)" }
    let expected = texts.map(tokenizer.encode(_:))
    await withTaskGroup(of: [[Int32]].self) { group in
      for _ in 0..<8 { group.addTask { texts.map(tokenizer.encode(_:)) } }
      for await ids in group { #expect(ids == expected) }
    }
  }
}
