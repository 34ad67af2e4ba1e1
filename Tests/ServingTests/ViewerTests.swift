import Documents
import ExampleRuns
import ImageDecoding
import Inspection
import Testing

@testable import Serving

/// One run and one viewer for all tests: nothing writes to it.
let example = Result { try ExampleRun() }
let viewer = Result { Viewer(try InspectedRun(example.get().path)) }

/// What the viewer answers to a path, as if it had come over a connection.
func answer(
  _ target: String, method: String = "GET", host: String = "127.0.0.1:8080", fields: String = ""
) throws -> Response {
  let head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\(fields)"
  return try viewer.get().response(to: try Request(head: head.utf8), port: 8080)
}

extension Response {
  var text: String { String(decoding: body, as: UTF8.self) }
}

@Suite struct ViewerTests {
  let documents: [InterleavedDocument]

  init() throws { documents = try example.get().documents }

  /// Every route, with what its page must say.
  @Test(arguments: [
    ("/", "What became of the crawl"), ("/documents", "Page 0"),
    ("/documents?corpus=pairs", "Page 0"),
    ("/documents?corpus=text", "Page 0"), ("/documents?domain=example.org", "Page 0"),
    ("/documents?url=https://example.org/page/1", "Page 11"),
    ("/documents?url=example.org/page/1", "Page 11"),
    ("/documents?domain=nowhere.example", "Nothing was found"),
    ("/documents?text=shuttle%20LOOM", "found in"),
    ("/documents?text=zyzzyva", "Nothing was found"), ("/pairs", "a picture of number"),
    ("/pairs?domain=example.org", "a picture of number"),
    ("/pairs?text=number%207", "<mark>number</mark>"),
    ("/images", "/picture?side=240"), ("/images?domain=example.org", "/picture?side=240"),
    ("/images?url=https://example.org/1", "whose own URL begins with"),
    ("/images?url=example.org/1&of=images", "whose own URL begins with"),
    ("/images?url=https://example.org/page/", "Images of pages"),
    ("/images?url=https://example.org/page/&of=images", "Nothing was found"),
    ("/images?url=https://example.org/1.png&of=pages", "Nothing was found"),
    ("/images?text=x", "Images have no text"), ("/reasons/imageNotFound", "/html/body/img[2]"),
    ("/reasons/imageNotFound?stage=curate&unit=image", "/html/body/img[2]"),
    ("/reasons/notAResponse", "https://example.org/"), ("/shards", "SHA-256"),
    ("/shards/text/0", "sequence 0"),
    ("/shards/interleaved/0/0", "class=\"tokens\""), ("/shards/pairs/0/0", "<figure>"),
    ("/duplicates", "0 clusters"), ("/training", "Training loss"), ("/style.css", "--paper"),
    ("/icon.svg", "<svg"), ("/documents?page=999999999", "Nothing was found"),
    ("/?x=%FF", "Overview"),
  ])
  func everyRouteAnswers(_ target: String, _ words: String) throws {
    let response = try answer(target)
    #expect(response.status == .ok)
    #expect(response.text.contains(words), "\(target)")
  }

  @Test(arguments: [
    "/nowhere", "/documents/", "/documents/xyz/1", "/documents/00000000000000000000000000000000",
    "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/../../etc/passwd", "/%2e%2e/run.json",
    "/provenance.sqlite",
    "/images/00", "/images/\(String(repeating: "0", count: 64))",
    "/images/\(String(repeating: "0", count: 64))/picture?side=240", "/shards/text", "/shards/x/0",
    "/shards/text/99999", "/shards/text/-1", "/shards/text/0/99999", "/shards/text/0/0/0",
    "/shards/text/99999999999999999999", "/duplicates/00",
    "/duplicates/00000000000000000000000000000000",
    "/reasons", "/reasons/nothing", "/reasons/%3Cscript%3E", "/style.css/x", "/pairs/x",
    "/training/x",
  ])
  func whatIsNotThereIsNotFound(_ target: String) throws {
    let response = try answer(target)
    #expect(target == "/documents/" ? response.status == .ok : response.status == .notFound)
    #expect(!response.text.contains("<script>"))
  }

  @Test(arguments: [
    ("evil.example:8080", Response.Status.misdirected), ("127.0.0.1", .misdirected),
    ("", .misdirected),
    ("127.0.0.1:80", .misdirected), ("localhost.evil.example:8080", .misdirected),
    ("LOCALHOST:8080", .ok), ("127.0.0.1:8080", .ok), ("[::1]:8080", .ok),
  ])
  func onlyNamesOfLoopbackAreAnswered(_ host: String, _ status: Response.Status) throws {
    #expect(try answer("/", host: host).status == status)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "get", "TRACE", "CONNECT"])
  func otherMethodsAreNotAllowed(_ method: String) throws {
    let response = try answer("/", method: method)
    #expect(response.status == .methodNotAllowed)
    #expect(response.fields["Allow"] == "GET, HEAD")
  }

  @Test func bodiesAreRefused() throws {
    #expect(try answer("/", fields: "\r\nContent-Length: 4").status == .contentTooLarge)
    #expect(try answer("/", fields: "\r\nTransfer-Encoding: chunked").status == .contentTooLarge)
  }

  @Test func everyResponseForbidsScriptsAndOtherSites() throws {
    for target in ["/", "/style.css", "/nowhere", "/search?q=x"] {
      let head = String(decoding: try answer(target).message(isHeadOnly: true), as: UTF8.self)
      for field in [
        "Content-Security-Policy: default-src 'none'; img-src 'self'; style-src 'self'",
        "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy: same-origin", "Connection: close",
      ] { #expect(head.contains(field), "\(target) \(field)") }
      #expect(head.hasSuffix("\r\n\r\n"))
    }
  }

  /// The text of the hostile page, wherever it is shown, is text.
  @Test func pagesTextIsText() throws {
    let id = documents[3].id
    let shown = [
      "/documents/\(id)", "/documents", "/documents?text=reversed", "/reasons/imageNotFound",
      "/documents?text=%3Cscript%3E", "/search?q=%3Cscript%3E", "/documents?url=%22%3E%3Cscript%3E",
      "/documents?domain=%E2%80%AE",
    ]
    for target in shown {
      let text = try answer(target).text
      #expect(
        !text.contains("<script") && !text.contains("\u{202E}") && !text.contains("\u{1B}"),
        "\(target)")
      #expect(
        !text.contains("javascript:") && !text.contains(" style=") && !text.contains(" onload"))
    }
    #expect(
      try answer("/documents/\(id)").text.contains(
        "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
    #expect(try answer("/documents?text=reversed").text.contains("[U+202E]<mark>"))
  }

  /// All that a link leads to is a page of the viewer.
  @Test func linksLeadToTheViewerOnly() throws {
    for target in [
      "/", "/documents", "/documents/\(documents[3].id)", "/pairs", "/shards/interleaved/0/0",
    ] {
      let pieces =
        try answer(target).text.components(of: "href=\"")
        + answer(target).text.components(of: "src=\"")
      #expect(pieces.count > 8)
      for piece in pieces {
        #expect(
          piece.hasPrefix("/") && !piece.hasPrefix("//") || piece.hasPrefix("#main"),
          "\(target) \(piece.prefix(60))")
      }
    }
  }

  @Test func aDocumentTellsItsOriginAndItsTokens() throws {
    let text = try answer("/documents/\(documents[0].id)").text
    for words in [
      "crawl.warc", "bytes of the archive", "/html/body/p[1]", "/shards/interleaved/0/",
      "/shards/text/",
      "curate dropped image references: imageNotFound",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func picturesAreDecodedAndEncodedAnew() throws {
    let digest = try #require(documents[0].images.last?.resolved?.digest)
    let crawled = try viewer.get().run.imageFile(digest)
    for (side, width) in [(240, 240), (1024, 300)] {
      let response = try answer("/images/\(digest)/picture?side=\(side)")
      #expect(response.status == .ok && response.type == "image/png")
      #expect(ImageDecoder.decode(response.body).value?.width == width)
      #expect(response.body != crawled || side == 1024)
    }
    for query in ["", "?side=0", "?side=100000", "?side=x"] {
      #expect(try answer("/images/\(digest)/picture\(query)").status == .notFound)
    }
  }

  /// Where the search form leads, by what was asked.
  @Test(arguments: [
    ("q=https://example.org/a&by=anything", "/documents?url=https%3A%2F%2Fexample.org%2Fa"),
    ("q=example.org", "/documents?domain=example.org"),
    ("q=imageNotFound", "/reasons/imageNotFound"),
    ("q=loom+shuttle&kind=pairs", "/pairs?text=loom%20shuttle"), ("q=", "/documents"),
    ("q=loom&by=domain&kind=images", "/images?domain=loom"),
    ("q=a%0d%0aX:y&by=text", "/documents?text=a%0D%0AX%3Ay"),
    ("q=" + String(repeating: "ab", count: 16), "/documents/" + String(repeating: "ab", count: 16)),
    ("q=" + String(repeating: "AB", count: 32), "/images/" + String(repeating: "ab", count: 32)),
  ])
  func aSearchLeadsToAPageOfItsOwn(_ query: String, _ address: String) throws {
    let response = try answer("/search?" + query)
    #expect(response.status == .seeOther)
    #expect(response.fields["Location"] == address)
  }

  /// Pages follow each other without a gap and come to an end.
  @Test func listsGoOn() throws {
    let first = try answer("/pairs?page=1").text
    #expect(!first.contains("class=\"pager\""), "24 pairs are one page")
    let pager = Pager(try Request(head: "GET /?page=3 HTTP/1.1\r\nHost: x".utf8), length: 10)
    #expect(pager.offset == 20 && pager.limit == 11)
    #expect(pager.html(Address("x"), found: 11).markup.contains("/x?page=4"))
    #expect(!pager.html(Address("x"), found: 10).markup.contains("page=4"))
  }

  @Test func elementsAreClosed() throws {
    for target in [
      "/", "/documents/\(documents[3].id)", "/shards/interleaved/0/0", "/pairs",
      "/documents?text=loom",
    ] {
      let html = try answer(target).text
      for name in [
        "div", "p", "ul", "ol", "li", "section", "figure", "span", "a", "nav", "form", "table",
        "dl", "main", "bdi",
      ] {
        let opened = html.components(of: "<\(name)>").count + html.components(of: "<\(name) ").count
        #expect(opened == html.components(of: "</\(name)>").count, "\(target) \(name)")
      }
    }
  }
}

extension String {
  /// What follows each place of a text.
  fileprivate func components(of text: String) -> [Substring] {
    split(separator: text, omittingEmptySubsequences: false).dropFirst().map { $0 }
  }
}
