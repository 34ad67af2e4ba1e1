import Curation
import Documents
import Testing

@Suite struct DocumentRuleTests {
  @Test(arguments: [TextNode.Kind.paragraph, .code])
  func shortDocumentsAreDropped(kind: TextNode.Kind) {
    let words = Page.english.split(separator: " ")
    func page(_ count: Int) -> CuratedPage {
      let text = Page.text(words.prefix(count).joined(separator: " "), kind: kind)
      return Curator().curate(
        Page.document([Page.image("a"), text, Page.image("b")]), resolve: Page.resolveAll)
    }
    #expect(page(9).interleaved.reason == Reason(.tooFewWords, measured: 9, threshold: 10))
    #expect(page(10).interleaved.value != nil)
    #expect(page(49).text.reason == Reason(.tooFewWords, measured: 49, threshold: 50))
    #expect(page(50).text.value != nil)
  }

  @Test func documentsWithoutTextAreDropped() {
    for nodes in [[], [Page.image("a")], [Page.text(" "), Page.image("a")]] {
      let page = Curator().curate(Page.document(nodes), resolve: Page.resolveAll)
      #expect(page.interleaved.reason == Reason(.noTextLeft))
      #expect(page.text.reason == Reason(.noTextLeft))
      #expect(page.counts.isBalanced)
    }
  }

  @Test func documentsWithoutImagesAreTextOnly() {
    let page = Curator().page(Page.english)
    #expect(page.interleaved.reason == Reason(.noImages))
    #expect(page.text.value?.text == Page.english)
  }

  @Test func otherLanguagesAreDropped() throws {
    let page = Curator().page(Page.french, language: "en")
    for reason in [page.interleaved.reason, page.text.reason] {
      #expect(reason?.code == .otherLanguage)
      #expect(reason?.measured == 0)
      #expect(reason?.threshold == 65)
      #expect(try #require(reason?.detail).hasPrefix("fr 9"))
    }
    #expect(page.language == "fr")
  }

  @Test func namesAreInNoLanguage() {
    let names = "Xqvzt Wkrrp Zbdgh Qwxnm Vkjtr Hzzpl Grtkx Bnmqw Prwzx Tkvbd Zxqjk Wvvmt"
    #expect(Curator().page(names, language: "en").interleaved.reason?.code == .unknownLanguage)
  }

  @Test func acceptedLanguagesAreConfigurable() {
    var configuration = CurationConfiguration.standard
    configuration.language.accepted = ["fr"]
    let french = Curator(configuration: configuration)
    #expect(french.page(Page.french).text.value != nil)
    #expect(french.page(Page.english).text.reason?.code == .otherLanguage)
    configuration.language.accepted = []
    let any = Curator(configuration: configuration)
    #expect(any.page(Page.french).text.value != nil)
    #expect(any.page(Page.french).language == "fr")
  }

  @Test func mixedDocumentsAreJudgedByTheirShare() {
    var configuration = CurationConfiguration.standard
    configuration.language.requiresReliable = false
    let mixed = Page.english + " " + Page.french
    let reason = Curator(configuration: configuration).page(mixed).text.reason
    #expect(reason?.code == .otherLanguage)
    #expect(((reason?.measured ?? 0) - 50).magnitude < 15)
    configuration.language.minimumPercentage = 30
    #expect(Curator(configuration: configuration).page(mixed).text.value != nil)
  }

  static let declared: [(String?, Reason.Code?)] = [
    ("en", nil), ("EN-GB", nil), ("en_US", nil), ("fr", .otherLanguage), (nil, .unknownLanguage),
    ("", .unknownLanguage), ("-", .unknownLanguage),
    (String(repeating: "x", count: 99), .unknownLanguage),
  ]

  @Test(arguments: declared)
  func declarationsDecideWhereTextIsTooShort(tag: String?, code: Reason.Code?) {
    let nodes = [Page.text("1 2 3 4 5 6 7 8 9 10 11 ok"), Page.image("a"), Page.image("b")]
    let page = Curator().curate(Page.document(nodes, language: tag), resolve: Page.resolveAll)
    #expect(page.interleaved.reason?.code == code)
  }

  @Test func captionsTellTheLanguageWhereTextIsTooShort() {
    let french = "Le pointeur reste un moment sur un outil et sa description est affichée"
    let nodes = [
      Page.text("1 2 3 4 5 6 7 8 9 10 11 12"), Page.image("a", alt: french), Page.image("b"),
    ]
    let page = Curator().curate(Page.document(nodes, language: "en"), resolve: Page.resolveAll)
    #expect(page.interleaved.reason?.code == .otherLanguage)
    #expect(page.pairs.first?.decision.reason?.code == .otherLanguage)
  }

  /// What the rules of quality leave of a French page is no English one.
  @Test func aPageIsJudgedByAllItsText() {
    var rules = CurationConfiguration.standard
    rules.node[.minimumStopWords] = 0.3
    let nodes = [Page.text(Page.french), Page.text(Page.french), Page.text(Page.english)]
    let page = Curator(configuration: rules).curate(
      Page.document(nodes + [Page.image("a", alt: "A red fox in the snow")]),
      resolve: Page.resolveAll)
    #expect(page.droppedNodes.count == 2)
    #expect(page.text.reason?.code == .otherLanguage)
    #expect(page.pairs.first?.decision.reason?.code == .otherLanguage)
  }

  @Test func codeDoesNotTellTheLanguage() {
    let code = String(repeating: "for item in list { print(the.name of item) }\n", count: 50)
    let nodes = [Page.text(code, kind: .code), Page.text(Page.french)]
    let page = Curator().curate(Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.text.reason?.code == .otherLanguage)
  }

  @Test func spamDocumentsAreDropped() {
    let tags = (0..<20).map { Page.text("A day at the sea #day\($0)") }
    let page = Curator().curate(
      Page.document([Page.text(Page.english)] + tags), resolve: Page.resolveAll)
    #expect(page.droppedNodes.isEmpty)
    #expect(page.text.reason?.code == .tooManyHashtags)
    #expect(page.text.reason?.threshold == 0.1)
    var configuration = CurationConfiguration.standard
    configuration.spam.document.hashtags = nil
    let lenient = Curator(configuration: configuration).curate(
      Page.document([Page.text(Page.english)] + tags), resolve: Page.resolveAll)
    #expect(lenient.text.value != nil)
  }

  @Test func textCanExcludeTheInterleavedCorpus() {
    let nodes = [Page.text(Page.english), Page.image("a"), Page.image("b")]
    #expect(
      Curator().curate(Page.document(nodes), resolve: Page.resolveAll).text.value?.nodes
        == [Page.text(Page.english)])
    var configuration = CurationConfiguration.standard
    configuration.text.excludesInterleaved = true
    let page = Curator(configuration: configuration).curate(
      Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.interleaved.value != nil)
    #expect(page.text.reason == Reason(.inInterleavedCorpus))
    #expect(Curator(configuration: configuration).page(Page.english).text.value != nil)
  }

  @Test func documentsKeepTheirFields() {
    let document = Page.document([Page.text(Page.english), Page.image("a"), Page.image("b")])
    let kept = Curator().curate(document, resolve: Page.resolveAll).interleaved.value
    #expect(kept?.id == document.id)
    #expect(kept?.title == document.title)
    #expect(kept?.url == document.url)
    #expect(kept?.nodes.count == 3)
  }
}
