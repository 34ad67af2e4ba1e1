import CHTML
import Testing

@Suite struct ReductionTests {
  static func reduce(_ text: String, attributes: UInt32 = 8) -> String {
    let bytes = Array(text.utf8)
    var leftOut = false
    let output = [UInt8](unsafeUninitializedCapacity: CHTML_reducedCapacity(bytes.count)) {
      guard let out = $0.baseAddress else { return }
      $1 = CHTML_reduce(bytes, bytes.count, attributes, out, &leftOut)
    }
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    ("<p>a<!-- <p>b --> c</p>", "<p>a c</p>"),
    ("a<!-->b<!--->c<!--!>d--!>e", "abce"),
    ("<script>var a = '<p>';</script>x", "x"),
    ("<script><!-- <script></script> --></script>x", "x"),
    ("<script><!-- </script>x", "x"),
    ("<SCRIPT src=a></ScRiPt >x", "x"),
    ("<style>p > a {}</style>x<textarea><b></textarea>y", "xy"),
    ("<svg><svg/><title>t</title></svg>x<svg viewBox=a />y", "xy"),
    ("<title>a <b> c</title>", "<title>a &lt;b> c</title>"),
    ("a < b <3 </ <!x> <?y?> </3>", "a &lt; b &lt;3   "),
    ("<!DOCTYPE html><html lang=en><html class=x>", "<html lang=\"en\">"),
    ("<A HREF=/x?a=1&b=2 onclick=y>", "<a href=\"/x?a=1&amp;b=2\">"),
    ("<p class='it\"s' id=a\"b style='color:red'>", "<p class='it\"s' id=\"a&quot;b\">"),
    ("<p style=display:none data-x=1>", "<p style=\"display:none\">"),
    ("<img data-src=a onload=b src = c alt>", "<img data-src=\"a\" src=\"c\" alt=\"\">"),
    ("<svg>x<svg>y<p>z", "xy<p>z"),
    ("<p class=a", ""),
    ("<p class=\"a", ""),
    ("</body></html>x", "x"),
    (
      "<picture><source srcset=a><img src=b></source></picture>",
      "<picture><source srcset=\"a\"></source><img src=\"b\"></picture>"
    ),
    ("a<wbr>b<track/>", "a<wbr></wbr>b<track></track>"),
    ("</p class=a>x", "</p>x"),
  ])
  func rewrites(page: String, expected: String) { #expect(Self.reduce(page) == expected) }

  @Test func attributesAreBounded() {
    let page = "<img" + (0..<1000).map { " data-\($0)=x" }.joined() + ">"
    #expect(Self.reduce(page, attributes: 3) == "<img data-0=\"x\" data-1=\"x\" data-2=\"x\">")
  }

  @Test func everyTruncationEndsInBounds() {
    let page =
      "<!-- a --><p class='b' id=\"c\">d</p><script><!--<script></script>--></script><svg></svg>"
    for length in 0...page.utf8.count {
      let part = String(decoding: page.utf8.prefix(length), as: UTF8.self)
      #expect(Self.reduce(part).utf8.count <= CHTML_reducedCapacity(length))
    }
  }
}
