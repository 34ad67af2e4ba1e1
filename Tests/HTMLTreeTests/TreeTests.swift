import Documents
import HTMLTree
import Testing

@Suite struct TreeTests {
  /// A tree as brackets: `p(text)`.
  static func outline(_ page: String) throws -> String {
    let tree = try #require(
      HTMLTree.parse(Array(page.utf8), contentType: "text/html; charset=utf-8").value)
    func write(_ node: Int) -> String {
      if tree.nodes[node].tag == .text { return tree.string(of: node) }
      return tree.name(of: node) + "(" + tree.children(of: node).map(write).joined(separator: ",")
        + ")"
    }
    return tree.nodes.isEmpty ? "" : write(0)
  }

  @Test(arguments: [
    ("<p>a<p>b", "html(body(p(a),p(b)))"),
    ("<ul><li>a<li>b</ul>", "html(body(ul(li(a),li(b))))"),
    ("<my-app><b>x</b></my-app>", "html(body(my-app(b(x))))"),
    ("<p>a &amp; b &lt;c&gt; &#233; &eacute;</p>", "html(body(p(a & b <c> é é)))"),
    ("<table><tr><td>a<td>b</table>", "html(body(table(tr(td(a),td(b)))))"),
    ("<title>a <b> c</title><p>d", "html(head(title(a <b> c)),body(p(d)))"),
    ("", ""),
  ])
  func shapes(page: String, expected: String) throws { #expect(try Self.outline(page) == expected) }

  @Test func subtreesAreRuns() throws {
    let page = "<div id=a><p class='b c'>x<em>y</em></p></div><img src=u data-late=v>"
    let tree = try #require(HTMLTree.parse(Array(page.utf8)).value)
    for (index, node) in tree.nodes.enumerated() {
      #expect(node.end > index && node.end <= tree.nodes.count)
      if node.parent >= 0 {
        #expect(node.parent < index)
        #expect(tree.nodes[node.parent].end >= node.end)
      }
    }
    let paragraph = try #require(tree.nodes.firstIndex { $0.tag == .p })
    #expect(tree.attribute(.class, of: paragraph) == "b c")
    #expect(tree.attribute(.id, of: paragraph) == nil)
    let image = try #require(tree.nodes.firstIndex { $0.tag == .img })
    #expect(tree.otherAttributes(of: image).map { $0.name + "=" + $0.value } == ["data-late=v"])
  }

  @Test func pathsCountSiblingsOfOneName() throws {
    let page = "<body><div></div><p>a</p><div><p>b</p><x-y>c</x-y><x-z>d</x-z><x-y>e</x-y></div>"
    let tree = try #require(HTMLTree.parse(Array(page.utf8)).value)
    var paths = ElementPaths(tree: tree)
    let found = tree.nodes.indices.filter { tree.nodes[$0].tag == .text }.map { paths.path(of: $0) }
    #expect(
      found == [
        "/html/body/p[1]", "/html/body/div[2]/p[1]", "/html/body/div[2]/x-y[1]",
        "/html/body/div[2]/x-z[1]", "/html/body/div[2]/x-y[2]",
      ])
  }
}
