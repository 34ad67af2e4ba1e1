/// The input positions of micro-batches.
struct PositionCounts {
  /// Those that are no padding.
  private(set) var tokens = 0
  /// All of them.
  private(set) var all = 0

  /// Counts nothing yet, or what others have counted.
  init(tokens: Int = 0, all: Int = 0) {
    self.tokens = tokens
    self.all = all
  }

  /// Adds a micro-batch.
  mutating func add(_ batch: MicroBatch) {
    tokens += batch.tokenCount
    all += batch.positionCount
  }

  /// The share that is padding; `nil` where there are none.
  var paddingShare: Double? { all > 0 ? 1 - Double(tokens) / Double(all) : nil }
}
