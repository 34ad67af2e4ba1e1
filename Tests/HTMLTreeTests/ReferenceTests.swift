import Documents
import HTMLTree
import Testing

/// Character references mean what the HTML Standard says, once and never twice.
@Suite struct ReferenceTests {
  /// The text of a paragraph, and the value of an attribute, of the same source.
  private static func read(_ source: String) throws -> (text: String, value: String) {
    let page = "<p title=\"\(source)\">\(source)"
    let tree = try #require(
      HTMLTree.parse(Array(page.utf8), contentType: "text/html; charset=utf-8").value)
    let paragraph = try #require(tree.nodes.firstIndex { $0.tag == .p })
    let texts = tree.nodes.indices.filter { tree.nodes[$0].tag == .text }
    return (
      texts.map { tree.string(of: $0) }.joined(), tree.attribute(.title, of: paragraph) ?? ""
    )
  }

  @Test(arguments: [
    ("&#128;&#x80;&#150;&#x9F;&#129;", "€€–Ÿ\u{81}"),
    ("&#233;&#xE9;&#XE9;&#233 ", "ééé\u{E9} "),
    ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("&lbrace;&rarr;&hellip;&apos;&NotEqualTilde;", "{→…'\u{2242}\u{338}"),
    ("&nbsp&copy&eacute.", "\u{A0}©é."),
    ("&amp;lbrace; &amp;amp; &amp;#60;", "&lbrace; &amp; &#60;"),
    ("&#38;lt; &#x26;gt;", "&lt; &gt;"),
    ("&lt;b&gt;&quot;&#39;&#34;", "<b>\"'\""),
    ("&notin; &nosuch; &; & &# &#x; AT&T", "∉ &nosuch; &; & &# &#x; AT&T"),
    ("&CounterClockwiseContourIntegral;", "∳"),
    ("&CounterClockwiseContourIntegralX;", "&CounterClockwiseContourIntegralX;"),
    ("&zwnj;&ThickSpace;", "\u{200C}\u{205F}\u{200A}"),
  ])
  func referencesAreDecoded(source: String, expected: String) throws {
    let found = try Self.read(source)
    #expect(found.text == expected)
    #expect(found.value == expected)
  }

  /// Without a semicolon a name counts in text whatever follows, in an attribute only where it ends:
  /// addresses are full of ampersands.
  @Test(arguments: [
    ("&notit;", "¬it;", "&notit;"),
    ("?a=1&copy=2&lt=3", "?a=1©=2<=3", "?a=1&copy=2&lt=3"),
    ("&copyright", "©right", "&copyright"),
    ("?a&ltx", "?a<x", "?a&ltx"),
  ])
  func attributesKeepAddresses(source: String, text: String, value: String) throws {
    let found = try Self.read(source)
    #expect(found.text == text)
    #expect(found.value == value)
  }

  @Test func unquotedValuesAndTitlesAreDecodedToo() throws {
    let page = "<title>a &lbrace; &amp;lt; <b></title><a href=/x?a=&quot;&amp;b=\"c>x"
    let tree = try #require(HTMLTree.parse(Array(page.utf8)).value)
    let link = try #require(tree.nodes.firstIndex { $0.tag == .a })
    #expect(tree.attribute(.href, of: link) == "/x?a=\"&b=\"c")
    let title = try #require(tree.nodes.firstIndex { $0.tag == .title })
    #expect(tree.string(of: title + 1) == "a { &lt; <b>")
  }

  /// References to control characters are no text.
  @Test func controlCharactersAreSpaces() throws {
    #expect(try Self.read("a&#1;b&#12;c").text == "a b c")
  }

  @Test func everyTruncationEnds() throws {
    let source = "&CounterClockwiseContourIntegral;&#x1F600;&amp;&eacute"
    for length in 0...source.utf8.count {
      let part = String(decoding: source.utf8.prefix(length), as: UTF8.self)
      let found = try Self.read(part)
      #expect(found.text == found.value)
    }
  }
}
