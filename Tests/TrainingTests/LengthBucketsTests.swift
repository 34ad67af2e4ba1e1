import Testing

@testable import Training

/// How a step's sequences are put into groups that are padded to their longest.
struct LengthBucketsTests {
  /// Positions and passes of a division, as the division weighs them.
  private func cost(_ buckets: [[Int]], _ lengths: [Int], budget: Int) -> Int {
    buckets.reduce(0) { $0 + $1.count * ($1.map { lengths[$0] }.max() ?? 0) + budget / 16 }
  }

  /// All divisions of `lengths`, sorted downwards, into runs that fit.
  private func divisions(_ count: Int) -> [[Range<Int>]] {
    guard count > 0 else { return [[]] }
    return (0..<count).flatMap { start in divisions(start).map { $0 + [start..<count] } }
  }

  @Test(arguments: [
    [7], [64, 64, 64, 64], [100, 90, 20, 19, 18, 1], [3, 120, 60, 61, 5, 119, 2, 2, 33],
    [16, 1, 1, 1, 1, 1, 1, 1, 1, 1], [500, 130, 129, 128],
  ])
  func noDivisionIsCheaper(lengths: [Int]) {
    let budget = 128
    let buckets = LengthBuckets.divide(lengths, budget: budget)
    #expect(buckets.flatMap { $0 }.sorted() == Array(lengths.indices))
    for bucket in buckets where bucket.count > 1 {
      #expect(bucket.count * (bucket.map { lengths[$0] }.max() ?? 0) <= budget)
    }
    #expect(buckets.flatMap { $0.map { lengths[$0] } } == lengths.sorted(by: >))
    let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    let cheapest = divisions(lengths.count)
      .map { $0.map { Array(order[$0]) } }
      .filter { division in
        division.allSatisfy { $0.count == 1 || $0.count * lengths[$0[0]] <= budget }
      }
      .map { cost($0, lengths, budget: budget) }.min()
    #expect(cost(buckets, lengths, budget: budget) == cheapest)
  }

  @Test func nothingGivesNoBuckets() {
    #expect(LengthBuckets.divide([], budget: 64).isEmpty)
  }

  @Test func unlikeLengthsAreNotPaddedToTheLongest() {
    let lengths = Array(repeating: 512, count: 3) + Array(repeating: 80, count: 6)
    let buckets = LengthBuckets.divide(lengths, budget: 2048)
    #expect(buckets == [[0, 1, 2], [3, 4, 5, 6, 7, 8]])
  }
}
