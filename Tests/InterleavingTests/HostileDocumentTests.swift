import Documents
import HTMLTree
import Interleaving
import Testing

@Suite struct HostileDocumentTests {
  /// Pages by name, so that a failure does not print one.
  static let pages: [String: @Sendable () -> String] = [
    "deep": { String(repeating: "<div>", count: 100_000) + "core" },
    "deepTables": { String(repeating: "<table><tr><td>", count: 20_000) + "core" },
    "deepLists": { String(repeating: "<ul><li>", count: 20_000) + "core" },
    "spans": {
      "<table>"
        + String(repeating: "<tr><td colspan=9007199254740991 rowspan=99999999>x", count: 2000)
    },
    "links": { String(repeating: "<a href=x>y</a> ", count: 10_000) },
    "paragraphs": { String(repeating: "<p>word", count: 5_000) },
    "breaks": { String(repeating: "<br>x", count: 5_000) },
    "images": { String(repeating: "<img src=a.jpg>", count: 5_000) + "core" },
    "candidates": { "<img srcset='" + String(repeating: "a 1w,", count: 50_000) + "'>core" },
    "classes": { "<p class='" + String(repeating: "menu ", count: 50_000) + "'>core" },
    "noscripts": { String(repeating: "<noscript>", count: 20_000) + "core" },
    "drawings": { String(repeating: "<svg>", count: 200_000) + "core" },
    "references": { String(repeating: "&amp;", count: 50_000) },
  ]

  @Test(.timeLimit(.minutes(1)), arguments: pages.keys.sorted())
  func endsQuickly(name: String) throws {
    let page = try #require(Self.pages[name])
    let extraction = Pages.extract(page())
    #expect(extraction.document.value != nil || extraction.document.reason != nil)
  }

  @Test func everyTruncationEnds() {
    let page = Array(
      Pages.article("<figure><img src=a.jpg><figcaption>é</figcaption></figure>").utf8)
    for length in stride(from: 0, through: page.count, by: 29) {
      let extraction = Pages.extract(Array(page.prefix(length)))
      #expect(extraction.document.value != nil || extraction.document.reason?.code == .noText)
    }
  }

  @Test func pagesOfNULsHaveNoText() {
    #expect(Pages.extract([UInt8](repeating: 0, count: 1 << 20)).document.reason != nil)
  }

  @Test func hugePagesHaveAReason() {
    let page = [UInt8](repeating: 0x61, count: 200 << 20)
    #expect(Pages.extract(page).document.reason?.code == .pageTooLarge)
  }

  @Test func nodesAreBoundedWithAReason() throws {
    var options = Extractor.Options()
    options.maximumNodes = 50
    let page =
      "<article>" + String(repeating: "<p>\(Pages.prose[0])</p>", count: 500) + "</article>"
    let extraction = Pages.extract(page, options: options)
    #expect(try #require(extraction.document.value).nodes.count <= 50)
    #expect(extraction.dropped.count <= 52)
    #expect(extraction.dropped.contains { $0.reason.code == .tooManyNodes })
  }

  @Test func brokenBoundsAreTold() {
    var options = Extractor.Options()
    options.limits.depth = 10
    let page = String(repeating: "<div>", count: 50) + Pages.prose[0]
    #expect(Pages.extract(page, options: options).dropped.contains { $0.reason.code == .tooDeep })
    options.limits.nodes = 5
    #expect(Pages.extract(page, options: options).dropped.contains { $0.reason.code == .pageCut })
  }
}
