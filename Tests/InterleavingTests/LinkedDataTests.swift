import Documents
import Testing

@testable import Interleaving

@Suite struct LinkedDataTests {
  private static func page(_ data: String, body: String = "<div id=app></div>") -> String {
    """
    <!DOCTYPE html><html><head><title>The Lighthouse</title><script>render()</script>
    <script type="application/ld+json">\(data)</script></head><body>\(body)</body></html>
    """
  }

  private static let post =
    #"{"@type":"DiscussionForumPosting","text":"Who has the key of the lighthouse? The old keeper \u2014 now in town \u2014 said that it\u0027s lost.\nCan the door be opened without it, or is the boat the only way?","comment":[{"@type":"Comment","text":"<p>The museum has a second key, and they lend it between May &amp; October.</p><p>Ask for it by letter.</p>"}]}"#

  @Test func pagesThatOnlyScriptsFillGiveWhatTheySayToMachines() throws {
    let document = try Pages.document(Self.page(Self.post))
    #expect(
      document.texts.map(\.text) == [
        "Who has the key of the lighthouse? The old keeper — now in town — said that it's lost.",
        "Can the door be opened without it, or is the boat the only way?",
        "The museum has a second key, and they lend it between May & October.",
        "Ask for it by letter.",
      ])
    #expect(document.texts.allSatisfy { $0.path == "/html/head/script[1]" })
  }

  @Test func pagesWithTextKeepTheirOwn() throws {
    let text = try Pages.document(
      Pages.article("<script type='application/ld+json'>\(Self.post)</script>")
    ).text
    #expect(!text.contains("museum has a second key"))
  }

  @Test(arguments: [
    "", "{", #"{"text":"#, #"{"text":"short"}"#, #"{"text":12}"#, #"{"context":"no such key"}"#,
  ])
  func pagesWithoutTextSaySo(data: String) {
    #expect(Pages.extract(Self.page(data)).document.reason?.code == .noText)
  }

  @Test func everyTruncationEnds() {
    for length in 0...Self.post.utf8.count {
      let data = String(decoding: Self.post.utf8.prefix(length), as: UTF8.self)
      _ = Pages.extract(Self.page(data))
    }
  }

  @Test(arguments: [
    (#"a\"b\\c\/d""#, "a\"b\\c/d"), (#"\u00e9\u20AC""#, "é€"), (#"\uD83D\uDE00""#, "😀"),
    (#"\uD83D""#, "\u{FFFD}"), (#"\uDE00x""#, "\u{FFFD}x"), (#"\uD83D\u0041""#, "\u{FFFD}A"),
    (#"\n\t""#, "\n "), (#"\uZZ""#, "\u{FFFD}ZZ"), ("no end", "no end"), (#"end\"#, "end"),
  ])
  func stringsAreThoseOfJSON(written: String, expected: String) {
    var rest = Array(written.utf8)[...]
    #expect(String(decoding: JSONString.read(&rest), as: UTF8.self) == expected)
    #expect(rest.isEmpty)
  }
}
