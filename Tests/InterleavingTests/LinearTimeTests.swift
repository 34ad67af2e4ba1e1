import Glibc
import Interleaving
import Testing

#if DEBUG
  private let isOptimized = false
#else
  private let isOptimized = true
#endif

/// Pages ten times as long take about ten times as long, whatever they are made of.
///
/// Measured is the thread's own CPU time, so that other work of the machine does not count. Code that is
/// not optimised, or watched by a sanitizer, says nothing of it and takes many minutes.
@Suite(.serialized, .enabled(if: isOptimized)) struct LinearTimeTests {
  /// How many times as long the longer page may take: a quadratic step would make it a hundred.
  private static let mostTimes = 30.0
  /// What is not measured reliably, in seconds.
  private static let floor = 0.002

  private static let prose = Pages.prose[0]

  /// Makes a page of a shape, of a size that grows linearly with the number.
  static let shapes: [String: @Sendable (Int) -> String] = [
    "deep": { String(repeating: "<div class=a>", count: $0) + "core" },
    "deepAndClosed": { nested("<div>", "</div>", 200, times: $0 / 400) },
    "deepText": { String(repeating: "<div>word ", count: $0) },
    "attributes": { "<img" + (0..<$0).map { " a\($0)=x" }.joined() + ">core" },
    "unclosedLinks": { String(repeating: "<a href=x>y", count: $0) },
    "unclosedBold": { String(repeating: "<p><b>y", count: $0) },
    "unclosedFonts": { String(repeating: "<font size=1>y", count: $0) },
    "misnested": { String(repeating: "<b><i>y</b>", count: $0) },
    "misnestedBlocks": { String(repeating: "<a href=x><p>y</a>", count: $0) },
    "lostEndTags": {
      String(repeating: "<div>", count: 200) + String(repeating: "</p>", count: $0)
    },
    "spans": { "<table>" + String(repeating: "<tr><td colspan=999 rowspan=999>x<td>y", count: $0) },
    "wideTable": { "<table><tr>" + String(repeating: "<td rowspan=999>x", count: $0) },
    "nestedTables": { nested("<table><tr><td>", "</td></tr></table>", 60, times: $0 / 200) },
    "unclosedTables": { String(repeating: "<table><tr><td>x", count: $0) },
    "nestedLists": { nested("<ul><li>x", "</li></ul>", 60, times: $0 / 100) },
    "template": {
      (0..<$0).map { "<div class=item><p class=t>word\($0) and more</p></div>" }.joined()
    },
    "hugeClass": { "<p class='" + String(repeating: "menu ", count: $0 * 4) + "'>core" },
    "hugeAlternative": {
      prose + "<img src=a.jpg alt='" + String(repeating: "word ", count: $0 * 4) + "'>"
    },
    "hugeAddress": {
      prose + "<img src='" + String(repeating: "a/../", count: $0 * 4) + "'>" + prose
    },
    "manyCandidates": { "<img srcset='" + String(repeating: "a 1w,", count: $0 * 4) + "'>core" },
    "longBase": {
      "<base href='http://x.test/" + String(repeating: "a/", count: $0 / 2) + "'><p>" + prose
        + (0..<$0 / 2).map { "<img src=\($0).jpg>" }.joined() + "<p>" + prose
    },
    "images": { "<p>\(prose)" + (0..<$0).map { "<img src=\($0).jpg>" }.joined() },
    "fallbacks": {
      "<p>\(prose)" + (0..<$0).map { "<noscript><img src=\($0).jpg></noscript>" }.joined()
    },
    "sources": {
      "<p>\(prose)<picture>" + String(repeating: "<source type=image/avif>", count: $0 / 2)
        + String(repeating: "<img>", count: $0 / 2) + "</picture>"
    },
    "figures": {
      "<figure>" + (0..<$0).map { "<img src=\($0).jpg><figcaption>c \($0)</figcaption>" }.joined()
    },
    "breaks": { String(repeating: "<br>", count: $0 * 10) + "x" },
    "brokenLines": { String(repeating: "<br><br>x", count: $0) },
    "brokenCode": { "<pre>" + String(repeating: "x<br>", count: $0) },
    "noscripts": { nested("<noscript>", "</noscript>", 60, times: $0 / 60) },
    "strangeElements": { (0..<$0).map { "<x-\($0)>y</x-\($0)>" }.joined() },
    "nestedSpans": { nested("<span>", "</span>", 100, times: $0 / 100) },
  ]

  private static func nested(_ start: String, _ end: String, _ depth: Int, times: Int) -> String {
    let one = String(repeating: start, count: depth) + "x" + String(repeating: end, count: depth)
    return String(repeating: one, count: max(times, 1))
  }

  @Test(.timeLimit(.minutes(5)), arguments: shapes.keys.sorted())
  func tenTimesThePageTakesTenTimesAsLong(shape: String) throws {
    let make = try #require(Self.shapes[shape])
    let short = Self.cost(of: make(2_000))
    let long = Self.cost(of: make(20_000))
    #expect(long < Self.mostTimes * max(short, Self.floor), "\(short) s became \(long) s")
  }

  /// The least CPU seconds of three extractions of a page.
  private static func cost(of page: String) -> Double {
    let bytes = Array(page.utf8)
    return (0..<3).map { _ in
      let start = now()
      _ = Pages.extract(bytes)
      return now() - start
    }.min() ?? 0
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
