internal import Documents
internal import HTMLTree
internal import Interleaving

/// A page's tree is a tree, and its document holds no empty text and keeps to its bounds.
enum PageTarget {
  static func run(_ bytes: [UInt8]) {
    guard let id = RecordID(bytes: [UInt8](repeating: 0, count: RecordID.byteCount)) else {
      preconditionFailure("sixteen bytes are an identity")
    }
    if let tree = HTMLTree.parse(bytes).value { check(tree) }
    let extraction = Extractor().extract(
      body: bytes, contentType: nil, url: "http://a.test/b/", id: id)
    guard let document = extraction.document.value else { return }
    for node in document.nodes {
      precondition(node.path.hasPrefix("/"), "a node has a place")
      if case .text(let text) = node { precondition(!text.text.isEmpty, "no text is empty") }
    }
  }

  private static func check(_ tree: HTMLTree) {
    for (index, node) in tree.nodes.enumerated() {
      precondition(node.end > index && node.end <= tree.nodes.count, "a subtree is a run")
      if node.parent < 0 { continue }
      precondition(node.parent < index, "a parent comes first")
      precondition(tree.nodes[node.parent].end >= node.end, "a parent's run holds its child's")
    }
  }
}
