import Documents
import HTMLTree

/// The text that a page's linked data carries, for pages that show it by scripts alone.
///
/// schema.org gives an article's text as `articleBody`, that of a post, comment or answer as `text`.
/// The scripts are read for these keys without parsing the rest, which is as often broken as not.
enum LinkedDataText {
  private static let keys = [Array("\"articleBody\"".utf8), Array("\"text\"".utf8)]
  /// The least text, in bytes, that is more than a label.
  private static let leastText = 80
  /// The most values of one page that are read.
  private static let mostValues = 256

  /// The paragraphs of a page's linked data, in the order of the page.
  static func nodes(of tree: HTMLTree) -> [Node] {
    var paths = ElementPaths(tree: tree)
    var nodes: [Node] = []
    var values = 0
    for (index, node) in tree.nodes.enumerated() where node.tag == .script {
      for child in tree.children(of: index) {
        for value in strings(in: tree.bytes(of: child)) where values < mostValues {
          values += 1
          for text in paragraphs(of: value) {
            nodes.append(.text(TextNode(text: text, path: paths.path(of: index))))
          }
        }
      }
    }
    return nodes
  }

  /// The values of the keys that hold text.
  private static func strings(in bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var rest = bytes
    while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
      rest = rest[quote...]
      guard let key = keys.first(where: { rest.starts(with: $0) }) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(key.count).drop { $0 <= 0x20 }
      guard rest.first == UInt8(ascii: ":") else { continue }
      rest = rest.dropFirst().drop { $0 <= 0x20 }
      guard rest.first == UInt8(ascii: "\"") else { continue }
      rest = rest.dropFirst()
      let value = JSONString.read(&rest)
      if value.count >= leastText { found.append(value) }
    }
    return found
  }

  /// The paragraphs of a value, which may be plain text or HTML.
  private static func paragraphs(of value: [UInt8]) -> [String] {
    var texts: [String] = []
    for line in value.split(separator: 0x0A) {
      guard let tree = HTMLTree.parse(Array(line), contentType: "text/html; charset=utf-8").value
      else { continue }
      let segments = Segmenter.segments(of: tree, Outline(tree))
      texts += segments.blocks.map { String(decoding: segments.text[$0.text], as: UTF8.self) }
    }
    return texts
  }
}
