internal import Documents

/// What the steps of a run came to together.
public struct TrainingTotals: Hashable, Sendable {
  /// The number of steps.
  public private(set) var steps = 0
  /// The time they took, in seconds.
  public private(set) var seconds = 0.0
  /// The part of it that was spent waiting for data, in seconds.
  public private(set) var waitingSeconds = 0.0
  /// The input positions that were read, padding not counted.
  public private(set) var tokens = 0
  /// The input positions that were computed, padding included.
  public private(set) var positions = 0

  /// Counts nothing.
  public init() {}

  /// Adds a step.
  public mutating func add(_ metrics: StepMetrics) {
    steps += 1
    seconds += metrics.seconds
    waitingSeconds += metrics.waitingSeconds
    tokens += metrics.tokens
    positions += Corpus.allCases.reduce(0) { $0 + metrics.positions[$1] }
  }

  /// The input positions read a second.
  public var tokensPerSecond: Double { seconds > 0 ? Double(tokens) / seconds : 0 }

  /// The share of the time that was spent waiting for data.
  public var waitingShare: Double { seconds > 0 ? waitingSeconds / seconds : 0 }

  /// The share of the positions that are padding.
  public var paddingShare: Double { positions > 0 ? 1 - Double(tokens) / Double(positions) : 0 }
}
