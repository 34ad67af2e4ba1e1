import Curation
import Documents
import Testing

/// C4's rules: lines that are taken out, and documents that are dropped.
@Suite struct C4RuleTests {
  private static let all: C4Rules = {
    var rules = C4Rules()
    rules.requiresTerminalPunctuation = true
    rules.minimumLineWords = 3
    rules.maximumWordCharacters = 10
    rules.dropsScriptNotices = true
    rules.dropsPolicies = true
    return rules
  }()

  static let lines: [(String, Reason.Code?)] = [
    ("This is a sentence.", nil),
    ("Is this one?", nil),
    ("“It is one,” she said.", nil),
    ("She said “It is.”", nil),
    ("The tool is 'brush'", nil),
    ("これ は 文です。", nil),
    ("No mark at all", .noTerminalPunctuation),
    ("It trails off...", .noTerminalPunctuation),
    ("It trails off…", .noTerminalPunctuation),
    ("Two words.", .lineTooShort),
    ("A donaudampfschiff goes by.", .wordTooLong),
    ("Please enable JavaScript here.", .scriptNotice),
    ("JavaScript is a language.", nil),
    ("Read our Privacy Policy.", .policyLine),
    ("This site uses cookies.", .policyLine),
    ("We bake cookies today.", nil),
  ]

  @Test(arguments: lines)
  func linesAreJudged(line: String, code: Reason.Code?) {
    var rules = CurationConfiguration.lenient
    rules.c4 = Self.all
    let good = "A good line stays."
    let page = Curator(configuration: rules).page("\(good)\n\(line)\n\(good)")
    let kept = code == nil ? [good, line, good] : [good, good]
    #expect(page.text.value?.text == kept.joined(separator: "\n"))
    #expect(page.counts[.line].entered == 3 && page.counts[.line].kept == kept.count)
    #expect(page.counts.isBalanced)
    let alone = Curator(configuration: rules).page(line)
    #expect(alone.droppedNodes.first?.reason.code == code)
    #expect(alone.text.reason == (code == nil ? nil : Reason(.noTextLeft)))
  }

  @Test func rulesThatAreOffTakeNoLine() {
    let text = Self.lines.map(\.0).joined(separator: "\n\n")
    let page = Curator(configuration: .lenient).page(text)
    #expect(page.text.value?.text == text)
    #expect(page.counts.tallies["line"] == nil)
  }

  @Test func codeKeepsItsLines() {
    var rules = CurationConfiguration.lenient
    rules.c4 = Self.all
    #expect(
      Curator(configuration: rules).page("x = 1\ny", kind: .code).text.value?.text == "x = 1\ny")
  }

  static let pages: [(String, TextNode.Kind, Reason.Code?)] = [
    ("The name is {{ name }} here.", .paragraph, .curlyBracket),
    ("void main() { }", .code, nil),
    ("Lorem Ipsum dolor sit.", .paragraph, .loremIpsum),
    ("Lorem the ipsum.", .paragraph, nil),
  ]

  @Test(arguments: pages)
  func templatesAreDropped(text: String, kind: TextNode.Kind, code: Reason.Code?) {
    var rules = CurationConfiguration.lenient
    rules.c4.dropsCurlyBrackets = true
    rules.c4.dropsLoremIpsum = true
    let nodes = [
      Page.text(Page.english), Page.text(text, kind: kind), Page.image("a"), Page.image("b"),
    ]
    let page = Curator(configuration: rules).curate(
      Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.text.reason?.code == code && page.interleaved.reason?.code == code)
  }

  static let sentences: [(String, Int)] = [
    ("One. Two! Three?", 3), ("“One.” Two", 2), ("Version 3.5 of weft.run", 1), ("a\nb", 2),
    ("Wait... what?!", 2), ("…", 0), ("(One.) (Two.)", 2), ("一。二。", 1),
  ]

  @Test(arguments: sentences)
  func sentencesAreCounted(text: String, count: Int) {
    var rules = CurationConfiguration.lenient
    rules.c4.minimumSentences = count + 1
    let reason = Curator(configuration: rules).page(text).text.reason
    #expect(
      reason
        == Reason(.tooFewSentences, measured: Double(count), threshold: Double(count + 1)))
    rules.c4.minimumSentences = max(1, count)
    rules.c4.maximumSentences = max(1, count)
    if count > 0 { #expect(Curator(configuration: rules).page(text).text.value != nil) }
    if count > 1 {
      rules.c4.minimumSentences = nil
      rules.c4.maximumSentences = count - 1
      #expect(Curator(configuration: rules).page(text).text.reason?.code == .tooManySentences)
    }
  }
}
