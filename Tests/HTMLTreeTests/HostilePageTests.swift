import Documents
import HTMLTree
import Testing

@Suite struct HostilePageTests {
  static func parse(_ text: String, _ limits: TreeLimits = TreeLimits()) throws -> HTMLTree {
    try #require(HTMLTree.parse(Array(text.utf8), limits: limits).value)
  }

  @Test(arguments: ["div", "b", "table><tr><td", "ul><li", "font", "a", "x-y", "select", "p"])
  func deepNestingKeepsItsText(tag: String) throws {
    let tree = try Self.parse(String(repeating: "<\(tag)>", count: 100_000) + "core")
    let texts = tree.nodes.indices.filter { tree.nodes[$0].tag == .text }.map {
      tree.string(of: $0)
    }
    #expect(texts.joined().contains("core") || tree.excess.isCut)
    #expect(tree.nodes.count < 200_100)
  }

  @Test func deepNestingIsBounded() throws {
    var limits = TreeLimits()
    limits.depth = 20
    let tree = try Self.parse(String(repeating: "<div>", count: 1000) + "core", limits)
    #expect(tree.excess.contains(.depth))
    #expect(tree.nodes.count == 21)
    #expect(tree.string(of: 20) == "core")
  }

  @Test func misplacedEndTagsTakeLinearTime() throws {
    let page =
      String(repeating: "<div>", count: 50_000) + String(repeating: "</b></i>", count: 200_000)
    #expect(try Self.parse(page).excess.contains(.misnesting))
  }

  @Test func hugePagesAreDropped() {
    let page = [UInt8](repeating: 0x61, count: 200 << 20)
    #expect(HTMLTree.parse(page).reason?.code == .pageTooLarge)
  }

  @Test(arguments: [UInt8(0), 0x80, 0xFF, 0x3C, 0x26, 0x0A, 0x01])
  func pagesOfOneByteEnd(byte: UInt8) {
    #expect(HTMLTree.parse([UInt8](repeating: byte, count: 1 << 20)).value != nil)
  }

  @Test func attributesAreBounded() throws {
    let names = (0..<200_000).map { " a\($0)=x" }.joined()
    let tree = try Self.parse("<img\(names)>core")
    #expect(tree.excess.contains(.attributes))
    #expect(tree.nodes.last.map { _ in tree.string(of: tree.nodes.count - 1) } == "core")
  }

  @Test func nodesAndTextAreBounded() throws {
    var limits = TreeLimits()
    limits.nodes = 100
    var tree = try Self.parse(String(repeating: "<p>a", count: 1000), limits)
    #expect(tree.excess.contains(.nodes) && tree.nodes.count == 100)
    limits = TreeLimits()
    limits.text = 50
    tree = try Self.parse(String(repeating: "<p>abc", count: 1000), limits)
    #expect(tree.excess.contains(.text))
  }

  @Test func entitiesAreNeverMoreThanTheyAre() throws {
    let tree = try Self.parse(String(repeating: "&amp;&nosuch;&#99999999;&#x0;", count: 50_000))
    #expect(tree.excess.isEmpty)
  }

  @Test func everyTruncationIsATree() {
    let page = Array(
      "<!DOCTYPE html><html><head><meta charset=utf-8><title>é</title></head><body><p class='a'>漢&amp;</p><!-- x --></body>"
        .utf8)
    for length in 0...page.count {
      #expect(HTMLTree.parse(Array(page.prefix(length))).value != nil)
    }
  }

  @Test func randomMarkupIsATree() throws {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let parts = [
      "<p>", "</p>", "<table>", "<td>", "</tr>", "<a href=x>", "</a>", "<html lang=a>", "<body>",
      "<head>",
      "</head>", "<form>", "<select>", "<option>", "<title>", "</title>", "<b", " x=y", ">", "\"",
      "&#", "&lt",
      "text", "<li>", "<svg>", "<!--", "-->", "<script>", "</script>", "\u{0}", "é", "<br/>",
      "<frameset>",
    ]
    for _ in 0..<300 {
      let page = (0..<next(60)).map { _ in parts[next(parts.count)] }.joined()
      let tree = try Self.parse(page)
      #expect(tree.nodes.allSatisfy { $0.end <= tree.nodes.count })
    }
  }
}
