import Curation
import Documents
import Testing

/// Block lists, opt-outs and the masking of personal data.
@Suite struct PageRuleTests {
  private static let list = """
    # Domains
    Example.COM   # with all below it
    *.bücher.example
    .dotted.test.
    192.0.2.7
    co.uk
    # URLs
    site.test/forum/
    https://other.test:8443/a%7Eb?x=
    """

  static let addresses: [(String, Reason.Code?)] = [
    ("http://example.com/", .blockedDomain), ("https://www.EXAMPLE.com/a", .blockedDomain),
    ("https://a.b.example.com./", .blockedDomain), ("http://notexample.com/", nil),
    ("http://example.com.evil.test/", nil), ("http://example.org/example.com", nil),
    ("http://xn--bcher-kva.example/", .blockedDomain),
    ("http://www.BÜCHER.example/", .blockedDomain),
    ("http://cher.example/", nil), ("http://x.dotted.test/", .blockedDomain),
    ("http://192.0.2.7/x", .blockedDomain), ("http://1.192.0.2.7/", nil),
    ("http://192.0.2.70/", nil),
    ("http://a.co.uk/", .blockedDomain), ("http://aco.uk/", nil),
    ("https://site.test/forum/1", .blockedURL), ("http://site.test/forum/", .blockedURL),
    ("http://site.test/forum", nil), ("http://www.site.test/forum/", nil),
    ("http://site.test/", nil),
    ("http://other.test:8443/a~b?x=1", .blockedURL), ("http://other.test/a~b?x=1", nil),
    ("not a url", nil),
  ]

  @Test(arguments: addresses)
  func pagesAreLookedUp(address: String, code: Reason.Code?) throws {
    var lists = CurationLists()
    lists.blockList = try BlockList(parsing: Self.list)
    var document = Page.document([
      Page.text(Page.english), Page.image("a", alt: "A red fox in snow"), Page.image("b"),
    ])
    document.url = address
    let page = Curator(configuration: .lenient, lists: lists).curate(
      document, resolve: Page.resolveAll)
    #expect(page.text.reason?.code == code)
    #expect(page.interleaved.reason?.code == code)
    #expect(page.pairs.first?.decision.reason?.code == code)
    #expect(page.counts.isBalanced)
  }

  @Test(arguments: [
    ("example.com\n\nexa mple..com/%%\nhttp://", 4), ("ok.test\n[", 2), ("*.", 1),
    ("/path", 1),
  ])
  func linesThatAreNeitherAreNamed(text: String, line: Int) {
    let error = #expect(throws: CurationListError.self) { try BlockList(parsing: text) }
    #expect(error?.line == line)
  }

  @Test func anEmptyListBlocksNothing() throws {
    #expect(try BlockList(parsing: "# nothing\n\n").isEmpty)
  }

  @Test func optOutsCountWhereTheyAreHonoured() {
    var document = Page.document([Page.text(Page.english)])
    document.optOuts = [.noindex, .noai]
    #expect(Curator().curate(document, resolve: Page.resolveAll).text.value != nil)
    var rules = CurationConfiguration.standard
    rules.optOuts = [.tdmReservation]
    #expect(
      Curator(configuration: rules).curate(document, resolve: Page.resolveAll).text.value != nil)
    rules.optOuts = [.tdmReservation, .noai]
    #expect(
      Curator(configuration: rules).curate(document, resolve: Page.resolveAll).text.reason
        == Reason(.optedOut, detail: "noai"))
  }

  static let personal: [(String, String)] = [
    ("Write to jane.doe+x@mail.weft-works.de.", "Write to email@example.com."),
    ("<a_b@c.io>, (d@e.fr)", "<email@example.com>, (email@example.com)"),
    ("jürgen@bücher.de", "email@example.com"),
    ("a@b.cc@d.ee", "email@example.com@d.ee"),
    ("'x@y.zz'", "'email@example.com'"),
    ("root@localhost me@example.org a@b.test", "root@localhost me@example.org a@b.test"),
    ("@user @ home a@ b@c 1@2.3", "@user @ home a@ b@c 1@2.3"),
    ("Ask 8.8.8.8, or 93.184.216.34.", "Ask 192.0.2.1, or 192.0.2.1."),
    ("http://8.8.8.8:80/", "http://192.0.2.1:80/"),
    (
      "10.0.0.1 127.0.0.1 192.168.1.1 172.31.0.9 169.254.1.1 203.0.113.9 0.0.0.0 255.255.255.255",
      "10.0.0.1 127.0.0.1 192.168.1.1 172.31.0.9 169.254.1.1 203.0.113.9 0.0.0.0 255.255.255.255"
    ),
    (
      "v1.2.3.4 1.2.3.4-rc1 1.2.3.4.5 256.1.1.1 1.2.3 01.2.3.4",
      "v1.2.3.4 1.2.3.4-rc1 1.2.3.4.5 256.1.1.1 1.2.3 01.2.3.4"
    ),
    (
      "See section 2.1.3.4, §4.4.2.2 or (Version 1.20.3.4).\n1.3.3.3. Teams\n8.8.8.8 is not.",
      "See section 2.1.3.4, §4.4.2.2 or (Version 1.20.3.4).\n1.3.3.3. Teams\n192.0.2.1 is not."
    ),
    ("", ""), ("@", "@"), (".", "."), ("1.1.1.1", "192.0.2.1"),
  ]

  @Test(arguments: personal)
  func personalDataAreMasked(text: String, masked: String) throws {
    var rules = CurationConfiguration.lenient
    rules.pii.emails = true
    rules.pii.publicIPs = true
    let curator = Curator(configuration: rules)
    let nodes = [
      Page.text("x " + text), Page.image("a", alt: text, caption: text), Page.image("b"),
    ]
    let document = Page.document(nodes, title: text)
    let page = curator.curate(document, resolve: Page.resolveAll)
    let kept = try #require(page.interleaved.value)
    #expect(kept.text == "x " + masked)
    #expect(
      kept.title == masked && kept.images[0].alt == masked && kept.images[0].caption == masked)
    #expect(page.counts.isBalanced)
    let tally = page.counts[.personalData]
    #expect((tally.dropped.isEmpty) == (text == masked))
    // Masking twice changes nothing.
    let again = curator.curate(kept, resolve: Page.resolveAll)
    #expect(again.interleaved.value?.text == kept.text)
    #expect(again.counts[.personalData].dropped.isEmpty)
    let off = Curator(configuration: .lenient).curate(document, resolve: Page.resolveAll)
    #expect(off.interleaved.value?.text == "x " + text)
    #expect(off.counts.tallies["personalData"] == nil)
  }
}
