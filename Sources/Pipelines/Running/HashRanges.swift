/// All 64-bit hashes divided into ranges of the same length, by which a whole run's things are divided.
struct HashRanges: Hashable, Sendable {
  /// How many ranges there are.
  let count: Int

  /// So many ranges.
  init(count: Int) {
    precondition(count > 0, "every hash is in a range")
    self.count = count
  }

  /// As many ranges as have about `perRange` of some things each.
  init(of things: Int, perRange: Int) {
    self.init(count: max(1, (things + perRange - 1) / perRange))
  }

  /// The number of the range that a hash is in; it grows with the hash.
  func range(of hash: UInt64) -> Int {
    Int(hash.multipliedFullWidth(by: UInt64(count)).high)
  }
}
