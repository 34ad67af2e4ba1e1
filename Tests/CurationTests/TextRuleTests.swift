import Curation
import Documents
import Testing

@Suite struct TextRuleTests {
  static let nodes: [(String, Reason.Code?)] = [
    ("", .emptyText),
    (" \n\t\u{A0}\u{200B}\u{FEFF}\u{AD}", .emptyText),
    ("\0\u{1}\u{7F}", .emptyText),
    ("—", nil),
    ("Sale 🎉", nil),
    ("🎉", .tooManyEmoji),
    ("🎉🎉 Sale", .tooManyEmoji),
    ("❤️ ❤️ love", .tooManyEmoji),
    ("👨‍👩‍👧‍👦 family outing", nil),
    ("Call 1 # 2 * 3 now", nil),
    ("© ™ ↔ are not pictures", nil),
    ("#sunset #beach", .tooManyHashtags),
    ("Loved it (#travel)", .tooManyHashtags),
    ("What a wonderful long day #travel", nil),
    ("Issue #1 of #2 and #3", nil),
    ("C# and F# are languages", nil),
    ("https://example.com/", .tooManyLinks),
    ("See (www.example.com", .tooManyLinks),
    ("Read the manual at http://example.com first", nil),
    ("www is not an address", nil),
  ]

  @Test(arguments: nodes)
  func nodesAreJudged(text: String, code: Reason.Code?) {
    let document = Page.document([Page.text(text), Page.text(Page.english)])
    let page = Curator().curate(document, resolve: Page.resolveAll)
    #expect(page.droppedNodes.first?.reason.code == code)
    #expect(page.droppedNodes.count == (code == nil ? 0 : 1))
    #expect(page.text.value?.texts.count == (code == nil ? 2 : 1))
    #expect(page.counts.isBalanced)
  }

  @Test func reasonsHoldMeasureAndThreshold() {
    let reason = Curator().page("one two #three").droppedNodes.first?.reason
    #expect(reason?.measured == 1.0 / 3)
    #expect(reason?.threshold == 0.3)
  }

  @Test func codeIsNoSpam() {
    let code = "#include <stdio.h>\n#define N"
    #expect(Curator().page(code, kind: .code).droppedNodes.isEmpty)
    #expect(Curator().page(code).droppedNodes.first?.reason.code == .tooManyHashtags)
    #expect(Curator().page(" ", kind: .code).droppedNodes.first?.reason.code == .emptyText)
  }

  @Test func spamRulesCanBeOff() {
    var configuration = CurationConfiguration.standard
    configuration.spam.node = SpamRules.Thresholds(emoji: nil, hashtags: nil, links: nil)
    let curator = Curator(configuration: configuration)
    for text in ["🎉", "#sunset", "https://example.com"] {
      #expect(curator.page(text).droppedNodes.isEmpty)
    }
  }

  @Test func ordinalsAreThoseOfAllNodes() {
    let nodes = [Page.image("a"), Page.text(" "), Page.text(Page.english), Page.text("#a #b")]
    let page = Curator().curate(Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.droppedNodes.map(\.ordinal) == [1, 3])
  }
}
