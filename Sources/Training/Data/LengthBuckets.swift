/// The division of sequences into groups of like lengths, so that padding to the longest wastes little.
enum LengthBuckets {
  /// What a group costs beside its positions, as a share of the budget.
  ///
  /// Each is a forward and a backward pass of its own, so that groups of one length each would be slower
  /// than a little padding.
  private static let passShare = 16

  /// Divides lengths into buckets whose padded sizes stay within a budget, and gives their indices.
  ///
  /// Of all divisions of the sorted lengths it is the cheapest, by positions and passes. The longest come
  /// first, so that a step that does not fit in memory fails at once. Equal lengths stay in their order,
  /// and one that is over the budget is a bucket of its own.
  static func divide(_ lengths: [Int], budget: Int) -> [[Int]] {
    let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    let sorted = order.map { lengths[$0] }
    let starts = cheapestStarts(sorted, budget: budget)
    var buckets: [[Int]] = []
    var end = sorted.count
    while end > 0 {
      buckets.append(Array(order[starts[end]..<end]))
      end = starts[end]
    }
    return buckets.reversed()
  }

  /// For each number of leading lengths, where the last bucket of their cheapest division starts.
  private static func cheapestStarts(_ sorted: [Int], budget: Int) -> [Int] {
    let pass = budget / passShare
    var costs = [0]
    var starts = [0]
    for end in sorted.indices.map({ $0 + 1 }) {
      var start = end - 1
      var best = (cost: costs[start] + sorted[start] + pass, start: start)
      while start > 0, sorted[start - 1] * (end - start + 1) <= budget {
        start -= 1
        let cost = costs[start] + sorted[start] * (end - start) + pass
        if cost < best.cost { best = (cost, start) }
      }
      costs.append(best.cost)
      starts.append(best.start)
    }
    return starts
  }
}
