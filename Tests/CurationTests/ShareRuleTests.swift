import Curation
import Documents
import Testing

/// OBELICS's and OmniCorpus's rules for blocks and documents.
@Suite struct ShareRuleTests {
  static let shares: [(ShareMeasure, String, Double)] = [
    (.minimumWords, "Click OK — now", 3),
    (.maximumWords, "Click OK — now", 3),
    // Eleven runs of ten characters, of which "0123456789" occurs twice.
    (.maximumCharacterRepetition, "01234567890123456789", 2 / 11.0),
    (.maximumCharacterRepetition, "short", 0),
    (.maximumWordRepetition, "a b c d e a b c d e", 2 / 6.0),
    (.maximumWordRepetition, "A b c d. e a B c D e", 2 / 6.0),
    (.maximumSpecialCharacters, "ab 12, c", 5 / 8.0),
    (.minimumStopWords, "The cat is on Mat", 0.6),
    (.maximumFlaggedWords, "a rude, word here", 0.25),
    (.maximumSpamWords, "Share this post again", 0.5),
    (.minimumPunctuation, "a b c d e f g h i j k, l. m; n", 3 / 17.0),
    (.maximumCapitals, "ABc d", 0.5),
    (.maximumDigits, "ab12", 0.5),
  ]

  static func lists() -> CurationLists {
    var lists = CurationLists()
    lists.flaggedWords = CurationLists.words(parsing: "Rude # a comment\n\n  other\n")
    return lists
  }

  @Test(arguments: shares)
  func sharesAreMeasuredOfBlocksAndDocuments(
    measure: ShareMeasure, text: String, value: Double
  ) throws {
    for isNode in [true, false] {
      func page(_ limit: Double) -> CuratedPage {
        var rules = CurationConfiguration.lenient
        if isNode { rules.node[measure] = limit } else { rules.document[measure] = limit }
        return Curator(configuration: rules, lists: Self.lists())
          .curate(Page.document([Page.text(text)]), resolve: Page.resolveAll)
      }
      #expect(page(value).text.value != nil, "\(measure)")
      if value == 0 { continue }
      let beyond = measure.isLeast ? value.nextUp : value.nextDown
      let refused = page(beyond)
      let reason = isNode ? refused.droppedNodes.first?.reason : refused.text.reason
      #expect(reason?.code == measure.code)
      #expect(abs(try #require(reason?.measured) - value) < 1e-12, "\(measure)")
      #expect(reason?.threshold == beyond)
    }
  }

  @Test func headingsAndCodeAreNoScraps() {
    var rules = CurationConfiguration.lenient
    rules.node[.minimumWords] = 4
    for (kind, isKept) in [
      (TextNode.Kind.heading, true), (.code, true), (.paragraph, false), (.table, false),
    ] {
      let page = Curator(configuration: rules).page("Two words", kind: kind)
      #expect(page.droppedNodes.isEmpty == isKept, "\(kind)")
    }
  }

  @Test func oneSpamWordIsNone() {
    var rules = CurationConfiguration.lenient
    rules.node[.maximumSpamWords] = 0.12
    let curator = Curator(configuration: rules)
    #expect(curator.page("Click OK to apply the filter.").droppedNodes.isEmpty)
    #expect(curator.page("Click to share.").droppedNodes.first?.reason.code == .spamWords)
  }

  @Test func littlePunctuationIsNotJudged() {
    var rules = CurationConfiguration.lenient
    rules.node[.minimumPunctuation] = 0.5
    #expect(Curator(configuration: rules).page("eleven words").droppedNodes.isEmpty)
  }

  @Test func flaggedWordsNeedAList() {
    var rules = CurationConfiguration.standard
    rules.node[.maximumFlaggedWords] = 0.01
    let error = #expect(throws: CurationConfigurationError.self) { try rules.validate() }
    #expect(error?.key == "node.maximumFlaggedWords")
    rules.flaggedWords = "words.txt"
    #expect(throws: Never.self) { try rules.validate() }
  }
}
