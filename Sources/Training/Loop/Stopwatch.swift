/// Adds up how long something took that is done again and again.
struct Stopwatch {
  private let now: () -> Double
  /// The time so far, in seconds.
  private(set) var seconds = 0.0

  /// Makes a stopwatch that stands at 0.
  init(_ now: @escaping () -> Double) { self.now = now }

  /// Does something and adds the time it took.
  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = now()
    defer { seconds += now() - start }
    return try body()
  }
}
