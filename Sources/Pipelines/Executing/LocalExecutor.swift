internal import Documents
internal import Storage

/// Makes partitions in this process, as many at once as the pipeline says.
public struct LocalExecutor: Executor {
  /// Makes the executor.
  public init() {}

  /// Makes the missing partitions of a stage.
  public func make(_ work: StageWork) async throws -> Int {
    let configured = work.context.configuration.workers
    let workers = work.stage.name.isSequential ? 1 : configured > 0 ? configured : Cores.count
    let reused = try await work.missing.concurrentMap(width: workers) { partition in
      try Self.make(partition, of: work)
    }
    return reused.reduce(0, +)
  }

  private static func make(_ partition: Partition, of work: StageWork) throws -> Int {
    try work.interruption.check()
    try work.context.mirror?.bring(partition.reads)
    let earlier = try work.places.withdraw(partition.index)
    let result = try PartitionMaking(
      stage: work.stage.name, context: work.context, outputs: work.context.directory,
      progress: work.progress, interruption: work.interruption
    ).make(partition)
    try work.places.finish(result.manifest, after: earlier)
    return result.reused
  }
}

extension Sequence where Self: Sendable, Element: Sendable {
  /// Calls a function with each element, for so many at once; the results come in no order.
  func concurrentMap<Value: Sendable>(
    width: Int, _ body: @escaping @Sendable (Element) throws -> Value
  ) async throws -> [Value] {
    var waiting = makeIterator()
    return try await withThrowingTaskGroup(of: Value.self) { group in
      var values: [Value] = []
      func addNext() {
        guard let element = waiting.next() else { return }
        group.addTask { try body(element) }
      }
      for _ in 0..<width { addNext() }
      while let value = try await group.next() {
        values.append(value)
        addNext()
      }
      return values
    }
  }
}
