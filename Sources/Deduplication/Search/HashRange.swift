/// One of the equal ranges that all 64-bit hashes are divided into.
public struct HashRange: Hashable, Sendable, Codable {
  /// Which of the ranges it is, from 0.
  public let index: Int
  /// How many ranges there are.
  public let count: Int

  /// Names a range.
  public init(_ index: Int, of count: Int) {
    precondition(count > 0 && (0..<count).contains(index), "a range is one of a count")
    (self.index, self.count) = (index, count)
  }

  /// The only one of one.
  public static let all = HashRange(0, of: 1)

  /// As many ranges as are needed for each to have a number of hashes at the most, on average.
  public static func ranges(for hashes: Int, atMost most: Int) -> [HashRange] {
    precondition(most > 0, "a range has hashes")
    let count = max(1, (hashes + most - 1) / most)
    return (0..<count).map { HashRange($0, of: count) }
  }

  func contains(_ hash: UInt64) -> Bool {
    hash.multipliedFullWidth(by: UInt64(count)).high == UInt64(index)
  }
}
