import Testing
import WebAddress

@Suite struct NormalizationTests {
  @Test(arguments: [
    ("http://EXAMPLE.com:80/%7euser/%e4?#top", "http://example.com/~user/%E4"),
    ("http://u:p@a/b?c=%41%2f", "http://a/b?c=A%2F"),
    ("http://a/%2Ehidden", "http://a/%2Ehidden"),
    ("http://a/b/?", "http://a/b/"),
    ("data:text/plain,a%41#x", "data:text/plain,a%41"),
  ])
  func keys(text: String, expected: String) throws {
    let url = try #require(WebURL(parsing: text))
    #expect(url.normalized == expected)
    #expect(WebURL(parsing: url.normalized)?.normalized == expected)
  }

  @Test func whatServersTellApartStaysApart() throws {
    let addresses = [
      "http://a/b", "http://a/b/", "https://a/b", "http://www.a/b", "http://a/b?x=1&y=2",
    ]
    let keys = Set(try addresses.map { try #require(WebURL(parsing: $0)).normalized })
    #expect(keys.count == addresses.count)
  }

  @Test func partsAreRead() throws {
    let url = try #require(WebURL(parsing: "https://User:pw@Example.com:8443/p/q?x#y"))
    #expect(url.scheme == "https")
    #expect(url.host == "example.com")
    #expect(url.port == 8443)
    #expect(url.username == "User")
    #expect(url.path == "/p/q")
    #expect(url.query == "x")
    #expect(url.fragment == "y")
  }
}
