/// A queue of tasks that some may enter at its head: those whose turn had come already.
struct TaskQueue {
  /// Those at the head, the next one last.
  private var urgent: [FetchTask] = []
  private var waiting: [FetchTask] = []
  private var taken = 0

  var isEmpty: Bool { urgent.isEmpty && taken == waiting.count }

  mutating func append(_ task: FetchTask) { waiting.append(task) }

  mutating func prepend(_ task: FetchTask) { urgent.append(task) }

  /// - Complexity: O(1), amortised.
  mutating func popFirst() -> FetchTask? {
    if let task = urgent.popLast() { return task }
    guard taken < waiting.count else { return nil }
    let task = waiting[taken]
    taken += 1
    if taken > 32, taken * 2 > waiting.count {
      waiting.removeFirst(taken)
      taken = 0
    }
    return task
  }

  /// Takes out the tasks that meet a condition, in their order.
  mutating func removeAll(where condition: (FetchTask) -> Bool) -> [FetchTask] {
    let all = urgent.reversed() + waiting[taken...]
    urgent = []
    waiting = all.filter { !condition($0) }
    taken = 0
    return all.filter(condition)
  }
}
