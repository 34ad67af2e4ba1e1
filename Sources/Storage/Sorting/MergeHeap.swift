/// The least of the next keys of several runs: a binary heap.
struct MergeHeap {
  private var items: [(key: UInt128, run: Int)] = []

  /// The least key and its run.
  var first: (key: UInt128, run: Int)? { items.first }

  mutating func insert(_ key: UInt128, run: Int) {
    items.append((key, run))
    var at = items.count - 1
    while at > 0, items[at].key < items[(at - 1) / 2].key {
      items.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func replaceFirst(_ key: UInt128, run: Int) {
    items[0] = (key, run)
    sink()
  }

  mutating func removeFirst() {
    items.swapAt(0, items.count - 1)
    items.removeLast()
    sink()
  }

  private mutating func sink() {
    var at = 0
    while true {
      var least = at
      for child in [2 * at + 1, 2 * at + 2]
      where child < items.count && items[child].key < items[least].key {
        least = child
      }
      if least == at { return }
      items.swapAt(at, least)
      at = least
    }
  }
}
