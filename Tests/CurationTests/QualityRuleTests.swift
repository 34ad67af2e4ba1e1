import Curation
import Documents
import Testing

/// The rules of quality for documents, one limit at a time, at its border.
@Suite struct QualityRuleTests {
  /// Curates paragraphs of text by rules that are otherwise off, and gives the text corpus's reason.
  static func reason(
    _ paragraphs: [String], kind: TextNode.Kind = .paragraph,
    _ change: (inout CurationConfiguration) -> Void
  ) -> Reason? {
    var rules = CurationConfiguration.lenient
    change(&rules)
    let nodes = paragraphs.map { Page.text($0, kind: kind) }
    return Curator(configuration: rules)
      .curate(Page.document(nodes), resolve: Page.resolveAll).text.reason
  }

  static let gopher: [(GopherMeasure, String, Double)] = [
    (.minimumWords, "One, two — (three) & four.", 4),
    (.maximumWords, "One, two — (three) & four.", 4),
    (.minimumWordLength, "a bb ccc 'dddd'", 2.5),
    (.maximumWordLength, "a bb ccc 'dddd'", 2.5),
    (.maximumHashSigns, "# one two three four ##", 0.5),
    (.maximumEllipses, "one... two… three.... four .....", 0.8),
    (.maximumBulletLines, "- one\n• two\nthree\nfour", 0.5),
    (.maximumEllipsisLines, "one ...\ntwo…\nthree...!\nfour", 0.5),
    (.minimumAlphabeticWords, "one 2 & 3rd", 0.5),
    (.minimumStopWords, "The cat AND the dog, and that.", 3),
  ]

  @Test(arguments: gopher)
  func gopherMeasures(measure: GopherMeasure, text: String, value: Double) {
    for (limit, isKept) in [(value, true), (value.nextUp, measure.isLeast == false)] {
      let reason = Self.reason([text]) { $0.gopher[measure] = limit }
      #expect((reason == nil) == isKept, "\(measure) \(limit)")
    }
    let beyond = measure.isLeast ? value.nextUp : value.nextDown
    let reason = Self.reason([text]) { $0.gopher[measure] = beyond }
    #expect(reason == Reason(measure.code, measured: value, threshold: beyond))
  }

  @Test func itemsOfListsAreBullets() {
    let reason = Self.reason(["one", "two"], kind: .listItem) {
      $0.gopher[.maximumBulletLines] = 0.9
    }
    #expect(reason?.measured == 1)
    #expect(Self.reason(["one", "two"]) { $0.gopher[.maximumBulletLines] = 0.9 } == nil)
  }

  static let repetition: [(RepetitionMeasure, [String], Double)] = [
    (.maximumParagraphs, ["ab", "cd", "ab", "ab"], 0.5),
    (.maximumParagraphCharacters, ["abcd", "abcd", "ef"], 4 / 14.0),
    (.maximumLines, ["ab\ncd", "ab", "ab"], 0.5),
    (.maximumLineCharacters, ["abcd\nabcd\nef"], 4 / 12.0),
    (.maximumTop2Gram, ["a b a b"], 6 / 7.0),
    (.maximumTop2Gram, ["a b c d"], 0),
    // Overlapping occurrences count once: "ha ha" twice, not three times.
    (.maximumTop2Gram, ["ha ha ha ha"], 10 / 11.0),
    // Of equally frequent runs the longest counts.
    (.maximumTop2Gram, ["a b a b long words long words"], 20 / 29.0),
    (.maximumTop3Gram, ["a b c x a b c"], 10 / 13.0),
    (.maximumTop4Gram, ["a b c d a b c d"], 14 / 15.0),
    (.maximumDuplicate5Grams, ["a b c d e a b c d e"], 5 / 19.0),
    (.maximumDuplicate10Grams, ["a b c d e a b c d e"], 0),
  ]

  @Test(arguments: repetition)
  func repetitionMeasures(measure: RepetitionMeasure, paragraphs: [String], value: Double) {
    #expect(Self.reason(paragraphs) { $0.repetition[measure] = value } == nil)
    if value > 0 {
      let reason = Self.reason(paragraphs) { $0.repetition[measure] = value.nextDown }
      #expect(reason == Reason(measure.code, measured: value, threshold: value.nextDown))
    }
  }

  static let fineWeb: [(FineWebMeasure, [String], Double)] = [
    (.minimumPunctuatedLines, ["One.", "Two", "He said “three.”", "四。"], 0.75),
    (
      .maximumShortLines, [String(repeating: "x", count: 30), String(repeating: "x", count: 31)],
      0.5
    ),
    (.maximumDuplicateCharacters, ["abcd", "abcd", "ef"], 0.4),
    (.maximumLineBreaks, ["one two\n\nthree", "four"], 0.5),
  ]

  @Test(arguments: fineWeb)
  func fineWebMeasures(measure: FineWebMeasure, paragraphs: [String], value: Double) {
    #expect(Self.reason(paragraphs) { $0.fineWeb[measure] = value } == nil)
    let beyond = measure.isLeast ? value.nextUp : value.nextDown
    let reason = Self.reason(paragraphs) { $0.fineWeb[measure] = beyond }
    #expect(reason == Reason(measure.code, measured: value, threshold: beyond))
  }

  @Test func omniCorpusCountsWordsForEachImage() {
    var rules = CurationConfiguration.lenient
    rules.omniCorpus[.minimumWordsPerImage] = 20
    let words = Page.text(Page.english)
    for (count, isKept) in [(2, true), (3, false)] {
      let images = ["a", "b", "c"].prefix(count).map { Page.image($0) }
      let page = Curator(configuration: rules).curate(
        Page.document([words] + images), resolve: Page.resolveAll)
      #expect((page.interleaved.value != nil) == isKept)
      #expect(page.text.value != nil)
    }
    let scraps = ["one two three", "four five"]
    let reason = Self.reason(scraps) { $0.omniCorpus[.minimumLongestParagraph] = 35 }
    #expect(reason == Reason(.paragraphsTooShort, measured: 3, threshold: 35))
    let long = [String(repeating: "word ", count: 20)]
    #expect(Self.reason(long) { $0.omniCorpus[.minimumLongestParagraph] = 35 } == nil)
  }

  @Test func codeIsNotJudged() {
    let code = Page.text(String(repeating: "{ # }\n", count: 99), kind: .code)
    var rules = CurationConfiguration.lenient
    rules.gopher[.maximumHashSigns] = 0.1
    rules.repetition[.maximumLines] = 0.3
    rules.c4.dropsCurlyBrackets = true
    let page = Curator(configuration: rules).curate(
      Page.document([code, Page.text(Page.english)]), resolve: Page.resolveAll)
    #expect(page.text.value?.nodes.count == 2)
  }

  @Test func everyMeasureHasItsSideInItsName() {
    func check<Measure: LimitedMeasure>(_: Measure.Type) {
      for measure in Measure.allCases {
        #expect(measure.isLeast || measure.rawValue.hasPrefix("maximum"))
        #expect(!measure.code.rawValue.isEmpty)
      }
    }
    check(GopherMeasure.self)
    check(RepetitionMeasure.self)
    check(FineWebMeasure.self)
    check(ShareMeasure.self)
    check(OmniCorpusMeasure.self)
  }
}

extension CurationConfiguration {
  /// Rules that keep whatever has a visible character.
  static var lenient: CurationConfiguration {
    var rules = CurationConfiguration.standard
    rules.language.accepted = []
    rules.spam.node = SpamRules.Thresholds(emoji: nil, hashtags: nil, links: nil)
    rules.spam.document = rules.spam.node
    rules.interleaved.minimumWords = 0
    rules.interleaved.singleImageDiscard = 0
    rules.text.minimumWords = 0
    return rules
  }
}
