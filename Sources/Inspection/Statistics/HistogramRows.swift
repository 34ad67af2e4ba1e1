internal import Provenance

/// A histogram gathered into a few rows that can be drawn.
struct HistogramRows {
  /// The values of one row.
  struct Row: Hashable {
    var lower: Int
    /// The value after the largest.
    var upper: Int
    var count: Int

    /// The row's values as text.
    var label: String {
      upper == lower + 1
        ? NumberText.grouped(lower)
        : NumberText.short(lower) + " – " + NumberText.short(upper)
    }
  }

  /// The rows by rising value, empty ones between others included.
  var rows: [Row] = []

  /// Gathers a histogram: a row for each value below 16, else eight rows to one for each doubling.
  init(_ histogram: Histogram) {
    guard let first = histogram.buckets.first, let last = histogram.buckets.last else { return }
    let bounds = Self.bounds(from: first.lower, to: last.lower)
    rows = zip(bounds, bounds.dropFirst()).map { Row(lower: $0, upper: $1, count: 0) }
    var row = 0
    for bucket in histogram.buckets {
      while bucket.lower >= rows[row].upper { row += 1 }
      rows[row].count += bucket.count
    }
  }

  /// The most rows that doublings are parted for.
  private static let rowAim = 16

  /// The bounds of rows that hold the values from `first` to `last`.
  private static func bounds(from first: Int, to last: Int) -> [Int] {
    if last < 16 { return Array(first...last + 1) }
    let octaves = octave(of: last) - octave(of: max(first, 1)) + 1
    // The buckets themselves are eight of a doubling.
    let parts = [8, 4, 2].first { $0 * octaves <= rowAim } ?? 1
    var bounds: [Int] = first == 0 ? [0] : []
    var bound = 1 << octave(of: max(first, 1))
    while true {
      if bound > first || bounds.isEmpty {
        bounds.append(bound)
      } else {
        bounds[bounds.count - 1] = bound
      }
      if bound > last { return bounds }
      bound += max(1, (1 << octave(of: bound)) / parts)
    }
  }

  private static func octave(of value: Int) -> Int {
    Int.bitWidth - 1 - value.leadingZeroBitCount
  }
}
