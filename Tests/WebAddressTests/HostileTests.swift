import Testing
import WebAddress

@Suite struct HostileTests {
  @Test func everyTruncationEnds() {
    let text = "http://user:pass@[::ffff:1.2.3.4]:80/a/%2e%2e/b?c#d \u{0}\u{7F}é漢"
    let base = WebURL(parsing: "http://a/b/c")
    for length in 0...text.unicodeScalars.count {
      let part = String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
      for url in [WebURL(parsing: part), WebURL(parsing: part, base: base)] {
        guard let url else { continue }
        #expect(WebURL(parsing: url.serialized) != nil)
      }
    }
  }

  @Test func lengthIsBounded() {
    let long = String(repeating: "a", count: WebURL.maximumLength)
    #expect(WebURL(parsing: "http://a/" + long) == nil)
    #expect(WebURL(parsing: "data:," + long) != nil)
    let huge = String(repeating: "a", count: WebURL.maximumOpaqueLength)
    #expect(WebURL(parsing: "data:," + huge) == nil)
  }

  @Test func hostsAreBounded() {
    #expect(WebURL(parsing: "http://" + String(repeating: "é", count: 20_000) + "/") == nil)
    #expect(WebURL(parsing: "http://" + String(repeating: "a.", count: 20_000) + "/") == nil)
    #expect(WebURL(parsing: "http://" + String(repeating: "ß", count: 300) + ".de/") == nil)
  }

  @Test func manyDotSegmentsTakeLinearTime() throws {
    let path = String(repeating: "a/", count: 10_000) + String(repeating: "../", count: 10_000)
    #expect(try #require(WebURL(parsing: "http://h/" + path)).path == "/")
  }
}
