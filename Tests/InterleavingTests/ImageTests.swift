import Documents
import Interleaving
import Testing

@Suite struct ImageTests {
  static func images(_ html: String) throws -> [ImageReference] {
    try Pages.document(Pages.article(html)).images
  }

  @Test(arguments: [
    ("<img src='a.jpg'>", "https://cape.test/news/a.jpg"),
    ("<img src='//cdn.test/a b.jpg'>", "https://cdn.test/a%20b.jpg"),
    (
      "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src='/late.jpg'>",
      "https://cape.test/late.jpg"
    ),
    (
      "<img class=lazyload src='tiny.jpg' data-original='big.jpg'>",
      "https://cape.test/news/big.jpg"
    ),
    ("<img src='placeholder.png' data-foo='https://cdn.test/x.webp'>", "https://cdn.test/x.webp"),
    ("<img srcset='s.jpg 320w, m.jpg 1200w, l.jpg 4000w'>", "https://cape.test/news/m.jpg"),
    ("<img srcset='s.jpg, d.jpg 2x'>", "https://cape.test/news/d.jpg"),
    (
      "<picture><source type=image/avif srcset=a.avif><source srcset='b.webp 800w'><img alt=x></picture>",
      "https://cape.test/news/a.avif"
    ),
    (
      "<picture><source srcset='b.webp 800w'><img src=c.jpg></picture>",
      "https://cape.test/news/c.jpg"
    ),
    ("<noscript><img src=n.jpg></noscript>", "https://cape.test/news/n.jpg"),
    ("<img data-lazy-srcset='u.jpg 600w'>", "https://cape.test/news/u.jpg"),
    (
      "<figure itemtype=http://schema.org/ImageObject itemid=/fig.jpg?w=600></figure>",
      "https://cape.test/fig.jpg?w=600"
    ),
    ("<img src=/img/town-badge.png width=200 height=180>", "https://cape.test/img/town-badge.png"),
    ("<amp-img src=amp.jpg width=600 height=400></amp-img>", "https://cape.test/news/amp.jpg"),
  ])
  func addressesAreFound(html: String, expected: String) throws {
    #expect(try Self.images(html).map(\.url) == [expected])
  }

  @Test(arguments: [
    ("<img>", Reason.Code.noImageAddress),
    ("<img src='ftp://h/a.jpg'>", .badImageAddress),
    ("<img src='http://[1/a.jpg'>", .badImageAddress),
    ("<img src=a.jpg width=1 height=1>", .tracker),
    ("<img src=a.jpg width=40 height=300>", .tooSmallDeclared),
    ("<img src=/img/site-logo.png>", .ornament),
    ("<img src=/img/siteLogo2x.png>", .ornament),
    ("<img src=/img/note.png alt='[Note]'>", .ornament),
    ("<img src=/img/logo.png width=200 height=80>", .ornament),
    ("<img src='https://ww1.adserver.test/call/1'>", .tracker),
    ("<img src=a.jpg class='author-avatar icon'>", .ornament),
    ("<img src=chart.svg>", .vectorImage),
    ("<img src=https://www.facebook.com/tr?id=1>", .tracker),
  ])
  func othersHaveAReason(html: String, code: Reason.Code) throws {
    let extraction = Pages.extract(Pages.article(html))
    #expect(try #require(extraction.document.value).images.isEmpty)
    let row = try #require(extraction.dropped.first { $0.isImage })
    #expect(row.reason.code == code)
    #expect(row.path.hasSuffix("/img[1]"))
  }

  @Test func imagesOfFurnitureAreOutside() throws {
    let page = Pages.article("").replacing("<h3>Related</h3>", with: "<img src=boat.jpg>")
    let extraction = Pages.extract(page)
    #expect(try #require(extraction.document.value).images.isEmpty)
    #expect(extraction.dropped.filter(\.isImage).map(\.reason.code) == [.outsideContent])
  }

  @Test func repeatsAndFallbacksAreOne() throws {
    let html = "<img src=a.jpg><noscript><img src=a-full.jpg></noscript><img src=a.jpg>"
    let extraction = Pages.extract(Pages.article(html))
    #expect(try #require(extraction.document.value).images.count == 1)
    #expect(
      extraction.dropped.filter(\.isImage).map(\.reason.code) == [.fallbackImage, .repeatedImage])
    let late = try Self.images("<img class=lazy><noscript><img src=full.jpg></noscript>")
    #expect(late.map(\.url) == ["https://cape.test/news/full.jpg"])
  }

  @Test func imagesMoveIntoTheText() throws {
    let page = Pages.article("<img src=a.jpg>").replacing(
      "<h1>", with: "<img src=a.jpg><img src=b.jpg><h1>")
    let document = try Pages.document(page)
    let urls = document.images.map { $0.url.suffix(5) }
    #expect(urls == ["b.jpg", "a.jpg"])
    let dropped = Pages.extract(page).dropped.filter(\.isImage)
    #expect(dropped.map(\.path) == ["/html/body/main[1]/article[1]/img[1]"])
    #expect(dropped.map(\.reason.code) == [.repeatedImage])
  }

  @Test(arguments: [
    ("<a href=/x><img src=/p/boat-wide.jpg></a>", "<a href=/x><img src=/p/boat-small.jpg></a>", 1),
    ("<a href=/x><img src=/p/boat.jpg></a>", "<a href=/x><img src=/p/tower.jpg></a>", 2),
    ("<a href=/x><img src=/p/boat-1.jpg></a>", "<a href=/y><img src=/p/boat-2.jpg></a>", 2),
    ("<a href=/x><img src=/p/boat-1.jpg>", "<img src=/p/boat-2.jpg></a>", 2),
    ("<a href=#><img src=/p/boat-1.jpg></a>", "<a href=#><img src=/p/boat-2.jpg></a>", 2),
  ])
  func sizesOfOnePictureAreOne(first: String, second: String, count: Int) throws {
    #expect(try Self.images(first + second).count == count)
  }

  @Test func imagesOfOneFigureHaveCaptionsOfTheirOwn() throws {
    let book = try Self.images(
      """
      <div class=figure><p class=title>Figure 3. The cape</p><div class=figure-contents>
      <div class=mediaobject><img src=a.jpg><div class=caption><p>At dawn</p></div></div>
      <div class=mediaobject><img src=b.jpg><div class=caption><p>At dusk</p></div></div></div></div>
      """)
    #expect(book.map(\.caption) == ["Figure 3. The cape At dawn", "Figure 3. The cape At dusk"])
    let shared = try Self.images(
      "<figure><img src=a.jpg><img src=b.jpg><figcaption>The cape twice</figcaption></figure>")
    #expect(shared.map(\.caption) == ["The cape twice", "The cape twice"])
  }

  @Test(arguments: [("/", 0), ("https://cape.test/", 0), ("/x", 1), ("#", 1), ("/?page=2", 1)])
  func picturesThatLeadHomeAreLogos(target: String, count: Int) throws {
    let page = Pages.article("").replacing(
      "<h1>", with: "<a href='\(target)'><img src=a.jpg></a><h1>")
    #expect(try Pages.document(page).images.count == count)
  }

  @Test(arguments: [
    (
      "<div class=figure><p class=title><b>Figure 2. The reef</b></p><div class=mediaobject><img src=b.jpg></div></div>",
      "Figure 2. The reef"
    ),
    (
      "<div class=photo><img src=b.jpg><br><span class=pb-caption>The reef at low tide.</span></div>",
      "The reef at low tide."
    ),
    ("<img src=b.jpg data-caption='The reef  at dawn'>", "The reef at dawn"),
    ("<img src=b.jpg data-caption='&lt;b&gt;The reef&lt;/b&gt;'>", nil),
    ("<div class=photo><img src=b.jpg><p>The path goes on along the cliff.</p></div>", nil),
  ])
  func captionsByPattern(html: String, caption: String?) throws {
    let image = try #require(try Self.images(html).first)
    #expect(image.caption == caption)
  }

  @Test func captionsAndSizesAreRead() throws {
    let figure =
      "<figure><img src=a.jpg alt=' The  tower ' width=640 height='480px'><figcaption>The tower at dusk, seen from the sea.</figcaption></figure>"
    let image = try #require(try Self.images(figure).first)
    #expect(image.alt == "The tower")
    #expect(image.caption == "The tower at dusk, seen from the sea.")
    #expect(image.width == 640 && image.height == 480)
    #expect(image.path == "/html/body/main[1]/article[1]/figure[1]/img[1]")
    let wordPress =
      "<div class=wp-caption><img src=b.jpg><p class=wp-caption-text>The reef at low tide in the summer.</p></div>"
    #expect(try Self.images(wordPress).first?.caption == "The reef at low tide in the summer.")
  }

  @Test func imagesStandInReadingOrder() throws {
    let document = try Pages.document(Pages.article("<img src=a.jpg>"))
    let index = try #require(
      document.nodes.firstIndex { if case .image = $0 { true } else { false } })
    guard case .text(let before) = document.nodes[index - 1],
      case .text(let after) = document.nodes[index + 1]
    else { return #expect(Bool(false), "an image stands between two paragraphs") }
    #expect(before.text == Pages.prose[0] && after.text == Pages.prose[1])
  }

  @Test func baseElementCounts() throws {
    let page = Pages.article("<img src=a.jpg>").replacing(
      "<head>", with: "<head><base href='/img/'>")
    #expect(try Pages.document(page).images.map(\.url) == ["https://cape.test/img/a.jpg"])
  }

  @Test func textIsTheSameWithoutImages() throws {
    let page = Pages.article(
      "<p>Before it <img src=a.jpg> and after it, the path goes on along the cliff.</p>")
    var options = Extractor.Options()
    options.images = false
    let without = Pages.extract(page, options: options)
    let with = Pages.extract(page)
    #expect(try #require(with.document.value).texts == #require(without.document.value).texts)
    #expect(try #require(without.document.value).images.isEmpty)
    #expect(try #require(with.document.value).images.count == 1)
    #expect(without.dropped == with.dropped)
  }
}
