import Storage
import TestSupport
import Testing

@testable import Tokenization

/// The ids of weft's encoder against those of the library, on whatever text and model.
struct UnigramEncoderTests {
  /// A model of a name, for what a test says.
  struct Model: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var testDescription: String { name }
  }

  private static func edited(_ base: [UInt8], _ name: String, _ fields: [UInt8]...) -> Model {
    Model(name: name, bytes: base + fields.joined())
  }

  /// A serialised piece of a kind: 1 is normal, 3 control, 4 user-defined, 5 unused.
  private static func piece(_ text: String, _ score: Float, kind: UInt8 = 1) -> [UInt8] {
    let score = (0..<4).map { UInt8(truncatingIfNeeded: score.bitPattern >> (8 * $0)) }
    let body = [0x0A, UInt8(text.utf8.count)] + Array(text.utf8) + [0x15] + score + [0x18, kind]
    return [0x0A, UInt8(body.count)] + body
  }

  /// A change of a setting of the normaliser: the last value of a field counts.
  private static func setting(_ field: UInt8, _ value: UInt8) -> [UInt8] {
    [0x1A, 2, field << 3, value]
  }

  static let fixture: [Model] = {
    guard let base = try? FileSystem.read(Fixture.path("unigram.model")) else { return [] }
    let ties = ["ab", "bc", "abc", "bcd", "cd"].map { piece("\u{2581}" + $0, -3) }
    return [
      edited(base, "as trained"),
      edited(base, "no dummy prefix", setting(3, 0)),
      edited(base, "spaces kept", setting(4, 0)),
      edited(base, "spaces not escaped", setting(5, 0)),
      edited(base, "spaces kept and not escaped", setting(4, 0), setting(5, 0)),
      edited(base, "spaces as suffix", [0x12, 3, 0xC0, 1, 1]),
      edited(base, "suffix, spaces kept", [0x12, 3, 0xC0, 1, 1], setting(4, 0)),
      edited(base, "no table", [0x1A, 2, 0x12, 0]),
      edited(
        base, "user-defined pieces", piece("<x>", 0, kind: 4), piece("the", 0, kind: 4),
        piece("th", -9, kind: 4), piece(" of ", 0, kind: 4), piece("\u{2581}\u{2581}", 0, kind: 4),
        piece("\u{1F600}\u{200D}", 0, kind: 4), piece("<ctl>", 0, kind: 3)),
      edited(
        base, "unused pieces", piece("General", -1, kind: 5), piece("qq", -2, kind: 5),
        piece("\u{1F600}", -1, kind: 5)),
      edited(
        base, "equal scores", Array(ties.joined()), piece("aa", -4), piece("aaa", -6),
        piece("aaaa", -8), piece("aaaaaa", -12), piece("\u{2581}\u{2581}", -1),
        piece("\u{20AC}a", -4)),
      edited(base, "positive scores", piece("xy", 7.3), piece("x!", 0, kind: 4)),
    ]
  }()

  static let trained: [Model] = ["nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "identity"].flatMap {
    rule in
    [120, 190].compactMap { pieces -> Model? in
      let lines = TrainerTests.lines(600) + Array(repeating: "ﬁ Ä ß 東京 Ｈ① 한", count: 40)
      let settings = [
        ("normalization_rule_name", rule), ("user_defined_symbols", "<usr>,ka"),
        ("control_symbols", "<ctl>"), ("add_dummy_prefix", pieces == 120 ? "false" : "true"),
      ]
      let bytes = try? TokenizerTrainer(pieces: pieces).train(lines: lines, settings: settings)
      return bytes.map { Model(name: "\(rule), \(pieces) pieces", bytes: $0) }
    }
  }

  private func pair(_ model: Model) throws -> (UnigramEncoder, SentencePieceModel) {
    try ModelCheck.check(model.bytes)
    return (
      UnigramEncoder(try UnigramModel(model.bytes)), try SentencePieceModel(bytes: model.bytes)
    )
  }

  @Test func allModelsAreMade() {
    #expect(Self.fixture.count == 12)
    #expect(Self.trained.map(\.name).count == 10)
  }

  @Test(arguments: fixture + trained)
  func generatedTextsGiveTheLibrarysIDs(model: Model) throws {
    let (encoder, library) = try pair(model)
    var texts = GeneratedTexts(seed: 40)
    for _ in 0..<3000 {
      let text = texts.next()
      let ids = encoder.encode(text)
      try #require(ids == library.encode(text), "\(text.debugDescription)")
    }
  }

  @Test(arguments: fixture + trained)
  func anyBytesGiveTheLibrarysIDs(model: Model) throws {
    let (encoder, library) = try pair(model)
    var texts = GeneratedTexts(seed: 41)
    for _ in 0..<2000 {
      let bytes = texts.nextBytes()
      let ids = bytes.withUnsafeBytes { encoder.encode($0) }
      try #require(ids == library.encode(bytes: bytes), "\(bytes)")
    }
  }

  @Test(arguments: fixture)
  func everyPrefixGivesTheLibrarysIDs(model: Model) throws {
    let (encoder, library) = try pair(model)
    let texts = [
      " \u{3000} GNU  General Public\tLicense\u{0} a\u{301}\u{301} ﬁne <x>the\u{2581} of  of ",
      "xyx!abcdaaaaaaaaaa ab abc abcd 東京タワー한국\u{1112}\u{1161}\u{11AB} 😀\u{200D}😀 ①½ﷺ\u{FFFD}  \u{200B} ",
    ]
    for bytes in texts.map({ Array($0.utf8) }) {
      for count in 0...bytes.count {
        let prefix = Array(bytes[..<count])
        let ids = prefix.withUnsafeBytes { encoder.encode($0) }
        try #require(ids == library.encode(bytes: prefix), "\(count) bytes")
      }
    }
  }

  @Test func longTextsGiveTheLibrarysIDs() throws {
    let (encoder, library) = try pair(try #require(Self.fixture.first))
    let licence = try FileSystem.readText(Fixture.path("golden.jsonl"))
    let texts = [
      licence, String(repeating: licence, count: 20), String(repeating: "a", count: 300_000),
      String(repeating: " ", count: 300_000), String(repeating: "😀", count: 100_000),
      String(repeating: "a\u{301}", count: 100_000),
    ]
    for text in texts {
      let ids = encoder.encode(text)
      #expect(ids == library.encode(text))
    }
  }
}
