/// Which of a number of things belong together; the least of a set stands for it.
struct DisjointSets {
  private var parents: [UInt32]

  init(count: Int) { parents = (0..<UInt32(count)).map { $0 } }

  /// The least thing of a set.
  mutating func representative(of thing: UInt32) -> UInt32 {
    var at = thing
    while parents[Int(at)] != at {
      // Halving the path keeps the way short (Tarjan and van Leeuwen, JACM 1984).
      parents[Int(at)] = parents[Int(parents[Int(at)])]
      at = parents[Int(at)]
    }
    return at
  }

  /// Makes one set of two.
  mutating func join(_ one: UInt32, _ other: UInt32) {
    let (left, right) = (representative(of: one), representative(of: other))
    parents[Int(max(left, right))] = min(left, right)
  }
}
