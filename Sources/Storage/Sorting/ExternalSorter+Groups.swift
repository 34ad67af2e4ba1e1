extension ExternalSorter {
  /// Calls a function with each set of keys that have the same upper half, and with their lower halves in
  /// ascending order.
  ///
  /// - Parameter count: The least number of keys of a set that counts.
  public consuming func forEachGroup(
    ofAtLeast count: Int = 1, _ body: (_ key: UInt64, _ values: [UInt64]) throws -> Void
  ) throws {
    var key: UInt64?
    var group: [UInt64] = []
    try forEach { entry in
      let next = UInt64(truncatingIfNeeded: entry >> 64)
      if next != key {
        if let key, group.count >= count { try body(key, group) }
        group.removeAll(keepingCapacity: true)
        key = next
      }
      group.append(UInt64(truncatingIfNeeded: entry))
    }
    if let key, group.count >= count { try body(key, group) }
  }
}
