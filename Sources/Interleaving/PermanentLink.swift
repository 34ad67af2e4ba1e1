import HTMLTree

/// The signs that documentation puts behind a heading or caption as a link to that very place.
enum PermanentLink {
  private static let signs: Set<String> = ["¶", "#", "§", "🔗", "\u{F0C1}", "∞", "⚓"]
  /// The longest sign in bytes, with white space around it.
  private static let longest = 12

  /// Whether an element is nothing but such a sign.
  static func isSign(_ node: Int, _ tree: HTMLTree) -> Bool {
    guard tree.nodes[node].tag == .a, tree.nodes[node].end - node <= 4,
      tree.attributeBytes(.href, of: node)?.first == UInt8(ascii: "#")
    else { return false }
    var text = CollapsedText()
    for child in node + 1..<tree.nodes[node].end where tree.nodes[child].tag == .text {
      let bytes = tree.bytes(of: child)
      guard bytes.count <= longest else { return false }
      text.append(bytes)
    }
    return signs.contains(String(decoding: text.bytes, as: UTF8.self))
  }
}
