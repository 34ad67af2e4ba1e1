import Curation
import Documents
import Testing

@Suite struct PairRuleTests {
  static let captions: [(String?, Reason.Code?)] = [
    ("A red fox in snow", nil),
    ("  A red\n fox\t in  snow ", nil),
    (nil, .noCaption),
    ("", .noCaption),
    (" \n ", .noCaption),
    ("A fox", .captionTooShort),
    ("a b", .captionTooShort),
    (String(repeating: "word ", count: 256), .captionTooLong),
    (Array(repeating: "fox", count: 256).joined(separator: " "), .captionTooLong),
    (Array(repeating: "fox", count: 250).joined(separator: " "), nil),
    (String(repeating: "fox ", count: 257), .captionTooLong),
    ("x y " + String(repeating: "z", count: 997), .captionTooLong),
    ("image", .boilerplateCaption),
    ("[ Image ]", .boilerplateCaption),
    ("Figure 3.", .boilerplateCaption),
    ("Default alt text 12", .boilerplateCaption),
    ("Click to enlarge!", .boilerplateCaption),
    ("3 / 12", .boilerplateCaption),
    ("— — —", .boilerplateCaption),
    ("Photo of a fox", nil),
    ("My summer photo.JPG", .fileNameCaption),
    ("IMG_2041.jpeg", .fileNameCaption),
    ("Convert it to png", nil),
    ("https://example.com/a-red-fox", .addressCaption),
    ("www.example.com (https://example.com)", .addressCaption),
    ("Fox, from https://example.com in winter", nil),
    ("THE  toolbox", .captionTooShort),
    ("A portrait of <PERSON> in snow", .maskedCaption),
    ("<PERSON> and her dog", .maskedCaption),
    ("The <b> tag in a browser", nil),
    ("If x < Y then y > x", nil),
    ("Снимок экрана с панелью", .captionInOtherScript),
    ("The Tokyo Tower (東京タワー東京タワー)", .captionInOtherScript),
    ("The famous Tokyo Tower (東京)", nil),
    ("Ærøskøbing by night, Łódź by day", nil),
    ("One day #fox #snow #winter", .tooManyHashtags),
    ("Lovely red fox 🦊🦊🦊🦊", .tooManyEmoji),
    ("Gestionnaire de paquets aptitude", .otherLanguage),
    ("Das Programm zur Verwaltung der Pakete", .otherLanguage),
    ("Le bureau Xfce", nil),
    ("Pont Neuf, Paris", nil),
  ]

  @Test(arguments: captions)
  func captionsAreJudged(caption: String?, code: Reason.Code?) {
    for pair in [Curator().pair(alt: caption), Curator().pair(alt: nil, caption: caption)] {
      #expect(pair?.decision.reason?.code == code)
      #expect((pair?.decision.value == nil) == (code != nil))
    }
  }

  @Test func titlesAreNoCaptions() {
    let nodes = [Page.text(Page.english), Page.image("a", alt: "the gimp  TOOLBOX window")]
    let document = Page.document(nodes, title: " The GIMP toolbox\nwindow")
    let page = Curator().curate(document, resolve: Page.resolveAll)
    #expect(page.pairs.first?.decision.reason == Reason(.titleCaption))
  }

  @Test func boundsAreMeasured() {
    let words = Curator().pair(alt: "Red fox")?.decision.reason
    #expect(words == Reason(.captionTooShort, measured: 2, threshold: 3, detail: "words"))
    let characters = Curator().pair(alt: "fox")?.decision.reason
    #expect(
      characters == Reason(.captionTooShort, measured: 3, threshold: 5, detail: "characters"))
  }

  @Test func theCaptionIsPreferred() {
    let pair = Curator().pair(alt: "A fox in winter", caption: " A red  fox in snow")?.decision
      .value
    #expect(pair?.caption == "A red fox in snow")
    #expect(pair?.source == .caption)
    #expect(pair?.page == "https://example.test/toolbox")
    #expect(pair?.document == Page.id(1))
    #expect(pair?.ordinal == 0)
    #expect(pair?.image.resolved == Page.resolved(0x61))
  }

  @Test func theAlternativeTextStandsInForABadCaption() {
    let pair = Curator().pair(alt: "A fox in winter", caption: "Figure 3.")?.decision
    #expect(pair?.value?.caption == "A fox in winter")
    #expect(pair?.value?.source == .alt)
    let neither = Curator().pair(alt: "fox.png", caption: "Figure 3.")?.decision
    #expect(neither?.reason?.code == .boilerplateCaption)
  }

  @Test func pairsFollowTheirPagesLanguage() {
    let pair = Curator().pair(alt: "A red fox in snow", text: Page.french)
    #expect(pair?.decision.reason?.code == .otherLanguage)
  }

  @Test func pairsDoNotNeedALongPage() {
    let nodes = [Page.text("Fox"), Page.image("a", alt: "A red fox in snow")]
    let page = Curator().curate(Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.interleaved.value == nil)
    #expect(page.pairs.first?.decision.value != nil)
  }

  @Test func theSamePairIsKeptOnce() {
    var configuration = CurationConfiguration.standard
    configuration.images.dropsDuplicates = false
    let alts = ["A red fox in snow", "a red FOX in snow", "A fox in winter"]
    let nodes = [Page.text(Page.english)] + alts.map { Page.image("a", alt: $0) }
    let page = Curator(configuration: configuration).curate(
      Page.document(nodes), resolve: Page.resolveAll)
    #expect(page.pairs.map(\.decision.reason?.code) == [nil, .duplicatePair, nil])
  }

  @Test func rulesCanBeOff() {
    var configuration = CurationConfiguration.standard
    configuration.pairs.minimumLatinShare = nil
    configuration.pairs.minimumLetterBytes = nil
    configuration.pairs.boilerplate = []
    let curator = Curator(configuration: configuration)
    #expect(curator.pair(alt: "Снимок экрана с панелью")?.decision.value != nil)
    #expect(curator.pair(alt: "Gestionnaire de paquets aptitude")?.decision.value != nil)
    #expect(curator.pair(alt: "click to enlarge")?.decision.value != nil)
  }
}
