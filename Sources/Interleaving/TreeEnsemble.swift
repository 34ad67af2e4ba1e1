/// The sum of many regression trees, evaluated for all rows of a page without walking any tree.
///
/// It is QuickScorer (Lucchese et al., SIGIR 2015, <https://doi.org/10.1145/2766462.2767733>): a bit for
/// each leaf of a tree tells whether a row may still end there. The splits of all trees are sorted by
/// column and threshold, so those that send a row to the right are the first ones of each column, and
/// each of them strikes the leaves on its left. The leftmost leaf that is left is the row's. Eight
/// rows go at once, and no branch depends on one of them, whereas a walk waits at every split for a
/// comparison whose outcome cannot be foreseen.
struct TreeEnsemble: Sendable {
  /// One split: rows whose feature is at most the threshold go left.
  ///
  /// A child below zero is the leaf of number `-1 - child`.
  struct Split {
    var feature: Int32
    var threshold: Float
    var left: Int32
    var right: Int32
  }

  /// A split as rows meet it that go right.
  private struct Cut {
    /// The threshold's ``TreeEnsemble/key(_:)``.
    var threshold: Int32
    var tree: Int32
    /// A zero for each leaf on the left.
    var reachable: Int32
  }

  /// The most leaves of a tree: the bits of ``Cut/reachable``.
  private static let mostLeaves = 32

  private let columns: Int
  private let treeCount: Int
  /// All splits by column and threshold.
  private let cuts: [Cut]
  /// Where the cuts of each column begin, and where the last ones end.
  private let cutStarts: [Int]
  /// The leaves of each tree from left to right, in ``mostLeaves`` places a tree.
  private let leaves: [Float]

  /// Makes an ensemble of trees given by their first splits.
  ///
  /// - Parameter columns: How many values a row has.
  init(roots: [Int32], splits: [Split], leaves: [Float], columns: Int) {
    self.columns = columns
    treeCount = roots.count
    var cuts: [(feature: Int32, cut: Cut)] = []
    var ordered: [Float] = []
    for (tree, root) in roots.enumerated() {
      var found: [Float] = []
      Self.flatten(root, tree: Int32(tree), splits, leaves, cuts: &cuts, leaves: &found)
      precondition(found.count <= Self.mostLeaves, "a tree has at most 32 leaves")
      ordered += found + [Float](repeating: 0, count: Self.mostLeaves - found.count)
    }
    precondition(
      cuts.allSatisfy { 0..<columns ~= Int($0.feature) },
      "the block model's weights are those of its features")
    cuts.sort { ($0.feature, $0.cut.threshold) < ($1.feature, $1.cut.threshold) }
    var starts = [Int](repeating: 0, count: columns + 1)
    for (feature, _) in cuts { starts[Int(feature) + 1] += 1 }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    cutStarts = starts
    self.cuts = cuts.map(\.cut)
    self.leaves = ordered
  }

  /// Lists the splits and leaves below a child from left to right.
  private static func flatten(
    _ child: Int32, tree: Int32, _ splits: [Split], _ values: [Float],
    cuts: inout [(feature: Int32, cut: Cut)], leaves: inout [Float]
  ) {
    guard child >= 0 else { return leaves.append(values[-1 - Int(child)]) }
    let split = splits[Int(child)]
    let first = leaves.count
    flatten(split.left, tree: tree, splits, values, cuts: &cuts, leaves: &leaves)
    let struck = (UInt32(1) << UInt32(leaves.count)) &- (UInt32(1) << UInt32(first))
    let cut = Cut(
      threshold: key(split.threshold), tree: tree, reachable: Int32(bitPattern: ~struck))
    cuts.append((split.feature, cut))
    flatten(split.right, tree: tree, splits, values, cuts: &cuts, leaves: &leaves)
  }

  /// The sum of each row's leaves, in the order of the trees.
  ///
  /// `values` holds the rows end to end.
  func scores(of values: [Float]) -> [Float] {
    let count = values.count / columns
    var scores: [Float] = []
    scores.reserveCapacity(count)
    guard count > 0 else { return scores }
    let (shared, varying) = sharedColumns(of: values, count)
    var common = [SIMD8<Int32>](repeating: SIMD8(repeating: -1), count: treeCount)
    for column in shared {
      let key = Self.key(values[column])
      strike(column, SIMD8(repeating: key), greatest: key, &common)
    }
    for first in stride(from: 0, to: count, by: SIMD8<Int32>.scalarCount) {
      var reachable = common
      for column in varying {
        let low = keys(column, first, values, count)
        let high = keys(column, first + 4, values, count)
        let greatest = max(max(low.x, low.y, low.z, low.w), max(high.x, high.y, high.z, high.w))
        strike(column, SIMD8(lowHalf: low, highHalf: high), greatest: greatest, &reachable)
      }
      let sums = sum(reachable)
      for lane in 0..<min(count - first, sums.scalarCount) { scores.append(sums[lane]) }
    }
    return scores
  }

  /// The columns in which all rows have one value, as a page's facts have, and the others.
  private func sharedColumns(of values: [Float], _ count: Int) -> (shared: [Int], varying: [Int]) {
    var varies = [Bool](repeating: false, count: columns)
    for row in 1..<max(count, 1) {
      for column in 0..<columns where values[row &* columns &+ column] != values[column] {
        varies[column] = true
      }
    }
    let used = (0..<columns).filter { cutStarts[$0] < cutStarts[$0 + 1] }
    return (used.filter { !varies[$0] }, used.filter { varies[$0] })
  }

  /// Strikes the leaves that the rows' values in a column rule out.
  @inline(__always)
  private func strike(
    _ column: Int, _ rows: SIMD8<Int32>, greatest: Int32, _ reachable: inout [SIMD8<Int32>]
  ) {
    for cut in cutStarts[column]..<cutStarts[column &+ 1] {
      let cut = cuts[cut]
      guard greatest > cut.threshold else { return }
      // The sign of each lane tells whether the threshold is less than the row's value (Warren,
      // Hacker's Delight, 2-12): masks of Swift's vectors are made and used lane by lane.
      let threshold = SIMD8(repeating: cut.threshold)
      let less = (threshold & ~rows) | (~(threshold ^ rows) & (threshold &- rows))
      let goesRight = less &>> 31
      reachable[Int(cut.tree)] &= ~goesRight | cut.reachable
    }
  }

  /// A number in whose order integers stand as the floating-point numbers do.
  private static func key(_ value: Float) -> Int32 {
    // The two zeros are equal, and adding zero makes them one.
    let bits = Int32(bitPattern: (value + 0).bitPattern)
    return bits ^ (bits >> 31 & Int32.max)
  }

  /// The keys of four rows in a column, the last row standing for those beyond it.
  @inline(__always)
  private func keys(
    _ column: Int, _ first: Int, _ values: [Float], _ count: Int
  ) -> SIMD4<Int32> {
    func key(_ row: Int) -> Int32 {
      Self.key(values[min(first &+ row, count &- 1) &* columns &+ column])
    }
    return SIMD4(key(0), key(1), key(2), key(3))
  }

  private func sum(_ reachable: [SIMD8<Int32>]) -> SIMD8<Float> {
    var low = SIMD4<Float>()
    var high = low
    for tree in 0..<treeCount {
      low += leaves(of: tree, reachable[tree].lowHalf)
      high += leaves(of: tree, reachable[tree].highHalf)
    }
    return SIMD8(lowHalf: low, highHalf: high)
  }

  @inline(__always)
  private func leaves(of tree: Int, _ reachable: SIMD4<Int32>) -> SIMD4<Float> {
    func leaf(_ reachable: Int32) -> Float {
      leaves[tree &* Self.mostLeaves &+ reachable.trailingZeroBitCount]
    }
    return SIMD4(leaf(reachable.x), leaf(reachable.y), leaf(reachable.z), leaf(reachable.w))
  }
}
