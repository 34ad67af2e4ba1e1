import Fetching
import Testing

struct RobotsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var allowed: [String] = []
    var disallowed: [String] = []
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "an empty file allows all", file: "", allowed: ["/", "/a?b"]),
    Case(
      name: "an empty pattern disallows nothing", file: "User-agent: *\nDisallow:\n",
      allowed: ["/", "/a"]),
    Case(
      name: "robots.txt itself is always allowed", file: "User-agent: *\nDisallow: /",
      allowed: ["/robots.txt"], disallowed: ["/", "/robots.txt2"]),
    Case(
      name: "RFC 9309, section 5.1: the crawler's own group counts and no other",
      file: """
        User-Agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-Agent: weft
        Disallow:/
        Allow:/example/page.html
        Allow:/example/allowed.gif

        User-Agent: barbot
        User-Agent: bazbot
        Disallow: /example/page.html

        User-Agent: quxbot
        """,
      allowed: ["/example/page.html", "/example/allowed.gif"],
      disallowed: ["/publications/", "/x", "/a.gif"]),
    Case(
      name: "RFC 9309, section 5.2: the longest match counts",
      file: """
        User-Agent: weft
        Allow: /example/page/
        Disallow: /example/page/disallowed.gif
        """,
      allowed: ["/example/page/", "/example/page/a.gif", "/other"],
      disallowed: ["/example/page/disallowed.gif"]),
    Case(
      name: "of two equal patterns the one that allows counts",
      file: "User-agent: *\nDisallow: /a\nAllow: /a", allowed: ["/a", "/ab"]),
    Case(
      name: "RFC 9309, section 2.2.1: groups of one agent are one",
      file: """
        user-agent: weft
        disallow: /foo
        user-agent: *
        disallow: /
        user-agent: Weft
        disallow: /baz
        """,
      allowed: ["/", "/bar"], disallowed: ["/foo", "/baz"]),
    Case(
      name: "RFC 9309, section 2.2.1: a list of agents begins one group",
      file: "user-agent: a\nuser-agent: weft\nsitemap: x\nuser-agent: b\ndisallow: /foo",
      allowed: ["/"], disallowed: ["/foo"]),
    Case(
      name: "a group without rules allows all",
      file: "User-agent: *\nDisallow: /\nUser-agent: weft",
      allowed: ["/", "/a"]),
    Case(
      name: "a version after the token does not count",
      file: "User-agent: WEFT/2.0\nDisallow: /a", allowed: ["/b"], disallowed: ["/a"]),
    Case(
      name: "another token that begins alike is another crawler",
      file: "User-agent: weftbot\nDisallow: /\nUser-agent: we\nDisallow: /", allowed: ["/a"]),
    Case(
      name: "wildcards and ends",
      file: """
        User-agent: *
        Disallow: /*.gif$
        Disallow: /private*/x
        Disallow: /*?
        Disallow: /end$
        """,
      allowed: ["/a.gif.html", "/private/y", "/ends", "/a.gifx"],
      disallowed: ["/a.gif", "/b/c.gif", "/private/x", "/privates/a/x1", "/a?b", "/end"]),
    Case(
      name: "texts between wildcards may not overlap", file: "User-agent: *\nDisallow: /ab*ba$",
      allowed: ["/aba"], disallowed: ["/abba", "/abxba"]),
    Case(
      name: "RFC 9309, section 2.2.2: percent-encoding",
      file: """
        User-agent: *
        Disallow: /foo/bar?baz=https://foo.bar
        Disallow: /foo/bar/\u{30C4}
        Disallow: /foo/bar/%62%61%7A
        Disallow: /lower/%e3%83%84
        """,
      allowed: ["/foo/bar"],
      disallowed: [
        "/foo/bar?baz=https://foo.bar", "/foo/bar/%E3%83%84", "/foo/bar/baz", "/lower/%E3%83%84",
      ]),
    Case(
      name: "RFC 9309, section 2.2.3: special characters are literal when encoded",
      file: "User-agent: *\nDisallow: /path/file-with-a-%2A.html\nDisallow: /path/foo-%24",
      allowed: ["/path/file-with-a-x.html"],
      disallowed: ["/path/file-with-a-*.html", "/path/file-with-a-%2A.html", "/path/foo-$"]),
    Case(
      name: "byte order mark, comments, spaces and any kind of line end",
      file: "\u{FEFF}User-agent : weft # us\r\r\n  DISALLOW :  /a b#c\r\nnonsense\nDisallow: /c",
      allowed: ["/b"], disallowed: ["/a b", "/c"]),
    Case(name: "rules before any agent are nobody's", file: "Disallow: /", allowed: ["/a"]),
  ]

  @Test(arguments: cases)
  func `rules`(_ test: Case) {
    let file = RobotsFile(Array(test.file.utf8), for: "weft")
    for path in test.allowed { #expect(file.allows(path: path), "\(path)") }
    for path in test.disallowed { #expect(!file.allows(path: path), "\(path)") }
  }

  @Test func `what lies beyond 500 KiB is not read`() {
    let filler = String(repeating: "# \(String(repeating: "x", count: 97))\n", count: 5_120)
    let head = "User-agent: *\nDisallow: /a\n"
    #expect(filler.utf8.count == RobotsFile.maximumBytes)
    let file = RobotsFile(Array((head + filler + "Disallow: /b\n").utf8), for: "weft")
    #expect(!file.allows(path: "/a"))
    #expect(file.allows(path: "/b"))
  }

  @Test func `a file that could take for ever disallows all, and others are quick`() {
    let rule = "Disallow: /*\(String(repeating: "a", count: 200))b\n"
    let many = RobotsFile(
      Array(("User-agent: *\n" + String(repeating: rule, count: 2_001)).utf8), for: "weft")
    #expect(!many.allows(path: "/x"))
    let some = RobotsFile(
      Array(("User-agent: *\n" + String(repeating: rule, count: 2_000)).utf8), for: "weft")
    #expect(some.allows(path: "/" + String(repeating: "a", count: 8_000)))
  }

  @Test func `every truncation is a file`() {
    let text = Array("\u{FEFF}User-agent: weft\r\nDisallow: /a*b$\nCrawl-delay: 2.5\n".utf8)
    for count in 0...text.count {
      let file = RobotsFile(text.prefix(count), for: "weft")
      // All but one end before or behind the rule's first letter.
      #expect(file.allows(path: "/c") == (count != 32), "\(count)")
    }
    #expect(RobotsFile(text, for: "weft").crawlDelay == 2.5)
  }

  @Test(arguments: ["Crawl-delay: -1", "Crawl-delay: nan", "Crawl-delay: inf", "Crawl-delay: x"])
  func `a delay that is none is none`(line: String) {
    #expect(RobotsFile(Array("User-agent: *\n\(line)".utf8), for: "weft").crawlDelay == nil)
  }
}
