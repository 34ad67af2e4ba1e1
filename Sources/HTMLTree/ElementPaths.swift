/// The paths of elements, such as `/html/body/div[2]/p[1]`, each made in time linear in its depth.
///
/// The number after a name counts the siblings of that name; the elements of which a page has one
/// alone, `html`, `head` and `body`, go without. A run of text has the path of its element.
public struct ElementPaths {
  private let tree: HTMLTree
  /// The number of each element among the siblings of its name; 0 where not yet counted.
  private var ordinals: [Int32]

  /// Paths that were made, by element.
  private var known: [Int: String] = [:]
  /// How many paths are remembered, so that a deep page takes no more memory than its tree.
  private static let maximumKnown = 1024
  private static let tagCount = Tag.allCases.count

  /// Makes the paths of a tree.
  public init(tree: HTMLTree) {
    self.tree = tree
    ordinals = [Int32](repeating: 0, count: tree.nodes.count)
  }

  /// The path of a node.
  public mutating func path(of node: Int) -> String {
    let element = tree.nodes[node].tag == .text ? tree.nodes[node].parent : node
    var unknown: [Int] = []
    var at = element
    while at >= 0, known[at] == nil {
      unknown.append(at)
      at = tree.nodes[at].parent
    }
    var path = known[at] ?? ""
    for element in unknown.reversed() {
      path += "/" + step(of: element)
      // Neighbours share all elements around them but the last.
      if element != unknown.first { remember(path, of: element) }
    }
    return path.isEmpty ? "/" : path
  }

  private mutating func remember(_ path: String, of element: Int) {
    if known.count == Self.maximumKnown { known.removeAll(keepingCapacity: true) }
    known[element] = path
  }

  private mutating func step(of node: Int) -> String {
    switch tree.nodes[node].tag {
    case .html, .head, .body: return tree.nodes[node].tag.name
    default:
      if ordinals[node] == 0 { count(childrenOf: tree.nodes[node].parent) }
      return "\(tree.name(of: node))[\(ordinals[node])]"
    }
  }

  private mutating func count(childrenOf parent: Int) {
    var byTag = [Int32](repeating: 0, count: Self.tagCount)
    var byName: [String: Int32] = [:]
    var child = parent + 1
    let end = parent < 0 ? tree.nodes.count : tree.nodes[parent].end
    while child < end {
      let tag = tree.nodes[child].tag
      if tag == .other {
        let name = tree.string(of: child)
        byName[name, default: 0] += 1
        ordinals[child] = byName[name, default: 0]
      } else {
        byTag[Int(tag.rawValue)] += 1
        ordinals[child] = byTag[Int(tag.rawValue)]
      }
      child = tree.nodes[child].end
    }
  }
}
