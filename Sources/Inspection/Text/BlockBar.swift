/// Horizontal bars of block characters, exact to an eighth of a column.
enum BlockBar {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A bar for a value where `whole` fills `width` columns; any value above zero shows.
  static func text(_ value: Double, of whole: Double, width: Int) -> String {
    guard whole > 0, value > 0, width > 0 else { return "" }
    let steps = max(1, Int((min(value / whole, 1) * Double(width) * 8).rounded()))
    return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
  }
}
