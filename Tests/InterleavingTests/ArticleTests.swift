import Documents
import Interleaving
import Testing

@Suite struct ArticleTests {
  @Test func contentStaysAndFurnitureGoes() throws {
    let extraction = Pages.extract(Pages.article(""))
    let document = try #require(extraction.document.value)
    for text in Pages.prose { #expect(document.text.contains(text)) }
    for text in ["Contact", "Boats for sale", "Privacy policy"] {
      #expect(!document.text.contains(text))
    }
    #expect(document.title == "The Lighthouse | Cape News")
    #expect(document.language == "en-GB")
    #expect(document.canonicalURL == "https://cape.test/lighthouse")
    let navigation = try #require(extraction.dropped.first { $0.path.contains("nav[1]") })
    #expect(navigation.reason.code == .navigation)
    #expect(navigation.characters == "HomeNewsContact".count)
  }

  @Test func structureIsKept() throws {
    let document = try Pages.document(
      Pages.article(
        """
        <h2>Its ships</h2><ul><li>The brig <b>Maria</b> of Hull, lost on the reef in 1868 with all her cargo</li>
        <li>The barque Anna, which was saved by the keeper and his boat in the storm of 1880</li></ul>
        <blockquote>Never have I seen such a sea, wrote the keeper in his log on that night.</blockquote>
        <pre><code>lamp = on
          while night:
            turn(lamp)</code></pre>
        <table><tr><th>Year</th><th>Ships</th></tr><tr><td>1871</td><td>310</td></tr><tr><td>1872</td><td>402</td></tr></table>
        """))
    let texts = document.texts
    #expect(texts.contains { $0.kind == .heading && $0.level == 2 && $0.text == "Its ships" })
    let item = try #require(texts.first { $0.kind == .listItem })
    #expect(item.text.hasPrefix("The brig Maria of Hull") && item.level == 1)
    #expect(texts.contains { $0.kind == .quote && $0.text.hasPrefix("Never have I") })
    let code = try #require(texts.first { $0.kind == .code })
    #expect(code.text.contains("lamp = on\n") && code.text.contains("\n  while night:\n"))
    let table = try #require(texts.first { $0.kind == .table })
    #expect(table.text == "Year | Ships\n1871 | 310\n1872 | 402")
    #expect(table.path.hasSuffix("/table[1]"))
  }

  @Test func inlineMarkupAndSpacesCollapse() throws {
    let document = try Pages.document(
      Pages.article(
        "<p>A  <em>long</em>\n walk,&nbsp;with <a href=x>many</a> steps, leads up to the lamp\u{200B}house of the tower.<br> Few take it.</p>"
      ))
    #expect(
      document.text.contains(
        "A long walk, with many steps, leads up to the lamphouse of the tower.\nFew take it."))
  }

  @Test func breaksPartLinesAndParagraphs() throws {
    let document = try Pages.document(
      Pages.article(
        "<h2>To the<br>lighthouse</h2><p><br>Keeper of the light,<br/>\n the northern cape,<br>by the sea.<br><br>No letters reach it in the winter.<br></p>"
      ))
    let texts = document.texts.map(\.text)
    #expect(texts.contains("To the lighthouse"))
    #expect(texts.contains("Keeper of the light,\nthe northern cape,\nby the sea."))
    #expect(texts.contains("No letters reach it in the winter."))
  }

  @Test(arguments: [
    (
      "<table><tr><td rowspan=2><img src=n.png alt='[Note]'></td><th>Note</th></tr><tr><td>The stairs are steep and wet in the winter months.</td></tr></table>",
      false
    ),
    (
      "<table><tr><td>A row alone is no table of data</td><td>but a layout</td></tr></table>", false
    ),
    (
      "<table><tr><td></td><td></td></tr><tr><td>1871</td><td>310 ships in the year</td></tr></table>",
      true
    ),
  ])
  func tablesHaveRowsOfCells(html: String, isTable: Bool) throws {
    let texts = try Pages.document(Pages.article(html)).texts
    #expect(texts.contains { $0.kind == .table } == isTable)
    #expect(!texts.contains { $0.text.hasPrefix("|") && !isTable })
  }

  @Test(arguments: [
    ("<b>radius</b><span class=classifier>int, optional</span>", "radius int, optional"),
    ("<span>cape.</span><span>light</span><span>(</span>lamp<span>)</span>", "cape.light(lamp)"),
    ("<a href=/a>North</a><a href=/b>South</a>", "North South"),
    ("<span class=cap>T</span>he reef", "The reef"),
    ("<b>light</b><span>,</span> and reef", "light, and reef"),
    ("<span>the light!</span><span>— said he</span>", "the light!— said he"),
  ])
  func elementsSideBySideArePartedAtWords(html: String, expected: String) throws {
    let text = "which the keepers of the cape have read by lamplight for more than a hundred years."
    let texts = try Pages.document(Pages.article("<p>\(html) \(text)</p>")).texts.map(\.text)
    #expect(texts.contains("\(expected) \(text)"))
  }

  @Test func fullStopsStayWithTheirText() throws {
    let document = try Pages.document(
      Pages.article("<p>The lamp is lit by a switch near the door <img src=a.jpg>.</p>"))
    #expect(document.texts.map(\.text).contains("The lamp is lit by a switch near the door ."))
    #expect(document.images.count == 1)
  }

  @Test(arguments: [
    ("<a href='#light'>¶</a>", true), ("<a class=anchor href=#light><span>#</span></a>", true),
    ("<a href='#light'>the lamp</a>", false), ("<a href='/numbers'>#</a>", false), ("#", false),
  ])
  func signsOfPermanentLinksGo(sign: String, isSign: Bool) throws {
    let extraction = Pages.extract(Pages.article("<h2>Of the light \(sign)</h2>"))
    let heading = try #require(extraction.document.value).texts.first { $0.level == 2 }
    #expect((heading?.text == "Of the light") == isSign)
    #expect(extraction.dropped.contains { $0.reason.code == .permanentLink } == isSign)
  }

  @Test(
    arguments: [
      ("", nil), ("<meta name=robots content='index, follow'>", nil),
      (
        "<meta name=robots content='noindex,NOAI'><meta name=weft content=noimageai>",
        [.noai, .noimageai, .noindex]
      ),
      ("<meta name=otherbot content=noai>", nil),
      ("<meta name=tdm-reservation content=1>", [.tdmReservation]),
    ] as [(String, [OptOut]?)])
  func pagesOptOut(markup: String, expected: [OptOut]?) throws {
    #expect(try Pages.document(Pages.article(markup)).optOuts == expected)
  }

  @Test func pagesWithoutTextSaySo() {
    for page in ["", "<html></html>", "<p> &nbsp; </p>", "<script>x</script>", "<img src=a.jpg>"] {
      #expect(Pages.extract(page).document.reason?.code == .noText)
    }
  }

  @Test func sameBytesGiveSameDocument() throws {
    let page = Pages.article("<img src=a.jpg>")
    #expect(try Pages.document(page) == Pages.document(page))
    #expect(Pages.extract(page).dropped == Pages.extract(page).dropped)
  }
}
