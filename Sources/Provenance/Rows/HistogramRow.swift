/// Values that a stage measured itself, since no row of the ledger has them.
public struct HistogramRow: Hashable, Sendable, Codable {
  /// What was measured.
  public var metric: Histogram.Metric
  /// How often each value occurred.
  public var values: [Int: Int]

  /// Makes a row from values; those below 0 count as 0.
  public init(metric: Histogram.Metric, values: some Sequence<Int>) {
    self.metric = metric
    self.values = values.reduce(into: [:]) { $0[max($1, 0), default: 0] += 1 }
  }
}
