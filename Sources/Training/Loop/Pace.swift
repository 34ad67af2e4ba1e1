/// The mean duration of the latest steps.
struct Pace {
  private var durations: [Double] = []
  private static let window = 20

  /// Adds a duration in seconds and tells the mean of the latest ones.
  mutating func mean(adding duration: Double) -> Double {
    durations.append(duration)
    if durations.count > Self.window { durations.removeFirst() }
    return durations.reduce(0, +) / Double(durations.count)
  }
}
