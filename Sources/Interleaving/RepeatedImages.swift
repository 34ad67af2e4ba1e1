import HTMLTree
import WebAddress

/// Tells which images of a page show what another one shows.
struct RepeatedImages {
  /// What became of an image beside those before it.
  enum Finding: Equatable {
    case new
    /// It is shown above already.
    case repeated
    /// It is shown above, but only before the text begins: this place says more of it.
    case betterPlace(than: Int)
  }

  private struct Place {
    var node: Int
    var isAboveText: Bool
  }

  private struct LinkedImage {
    var link: Int
    var file: Substring
  }

  private let tree: HTMLTree
  private var places: [String: Place] = [:]
  private var linked: [String: LinkedImage] = [:]

  /// How many elements up the link around an image may stand.
  private static let reach = 4

  init(tree: HTMLTree) { self.tree = tree }

  /// Looks for an image among those before it, and remembers it.
  ///
  /// Pages show a picture above their text and again within it, and the picture of a card in a size
  /// for wide and one for narrow screens, in two links to the same page.
  mutating func find(_ node: Int, address: String, isAboveText: Bool) -> Finding {
    if let first = places[address] {
      guard first.isAboveText, !isAboveText else { return .repeated }
      places[address] = Place(node: node, isAboveText: false)
      return .betterPlace(than: first.node)
    }
    if isOtherSize(node, address: address) { return .repeated }
    places[address] = Place(node: node, isAboveText: isAboveText)
    return .new
  }

  private mutating func isOtherSize(_ node: Int, address: String) -> Bool {
    guard let link = link(around: node), let target = tree.attribute(.href, of: link),
      !target.isEmpty, !target.hasPrefix("#"), !target.lowercased().hasPrefix("javascript:")
    else { return false }
    let path = address.prefix { $0 != "?" && $0 != "#" }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let file = path[slash...].prefix { $0 != "." }
    let key = "\(target) \(path[..<slash])"
    guard let first = linked[key] else {
      linked[key] = LinkedImage(link: link, file: file)
      return false
    }
    guard first.link != link else { return false }
    let common = zip(first.file.utf8, file.utf8).prefix { $0 == $1 }.count
    return common * 2 >= min(first.file.utf8.count, file.utf8.count)
  }

  private func link(around node: Int) -> Int? {
    var at = tree.nodes[node].parent
    for _ in 0..<Self.reach where at >= 0 {
      if tree.nodes[at].tag == .a { return at }
      at = tree.nodes[at].parent
    }
    return nil
  }
}
