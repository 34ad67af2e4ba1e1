/// Things by the time they are due, the earliest first and of two of one time the one put in first.
struct Heap<Element> {
  private var entries: [(due: ContinuousClock.Instant, order: Int, element: Element)] = []
  private var order = 0

  /// When the first is due.
  var due: ContinuousClock.Instant? { entries.first?.due }

  /// - Complexity: O(log *n*).
  mutating func push(_ element: Element, due: ContinuousClock.Instant) {
    order += 1
    entries.append((due, order, element))
    var child = entries.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the first out where it is due.
  ///
  /// - Complexity: O(log *n*).
  mutating func pop(dueBy now: ContinuousClock.Instant) -> Element? {
    guard let first = entries.first, first.due <= now else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    sink()
    return first.element
  }

  /// Takes out all that meet a condition.
  mutating func removeAll(where condition: (Element) -> Bool) {
    let kept = entries.filter { !condition($0.element) }
    entries = []
    for entry in kept { push(entry.element, due: entry.due) }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && isBefore(child, least) { least = child }
      if least == parent { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (entries[left].due, entries[left].order) < (entries[right].due, entries[right].order)
  }
}
