internal import Sharding

/// Reads the steps of a run in the background, ahead of the one that is trained.
struct StepLoader {
  /// The most plans and micro-batches that wait: enough for a step of a small model, and at KOSMOS-1's scale
  /// half a gigabyte of features.
  private static let depth = 8

  private let elements: Prefetch<StepSource>

  /// Reads steps in the background while a function trains on them.
  ///
  /// - Parameter readers: The threads that read and lay out micro-batches.
  /// - Throws: What `body` throws.
  static func reading<Result>(
    _ source: StepSource, readers: Int, _ body: (StepLoader) throws -> Result
  ) rethrows -> Result {
    try Prefetch.reading(source, depth: depth, readers: readers) {
      try body(StepLoader(elements: $0))
    }
  }

  /// The plan of the next step.
  ///
  /// - Throws: `ShardingError` where a sequence of the step is damaged.
  func nextPlan() throws -> StepPlan {
    guard case .plan(let plan) = try elements.next() else {
      fatalError("a step is taken when the one before it has been")
    }
    return plan
  }

  /// The next micro-batch of the step, by the order of its groups.
  ///
  /// - Throws: `ShardingError` where a sequence or its features are damaged.
  func nextBatch() throws -> PaddedBatch {
    guard case .batch(let batch) = try elements.next() else {
      fatalError("a step has as many micro-batches as its plan has groups")
    }
    return batch
  }
}
