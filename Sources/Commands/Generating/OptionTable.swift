import Foundation

/// Answers and how likely a model finds them, the likeliest first, for a terminal.
struct OptionTable {
  let options: [any ScoredOption]

  /// A line for each answer: its share of the probability of all of them, its log-probability and the mean of a token's.
  var text: String {
    let best = options.map(\.logProbability).max() ?? 0
    let weights = options.map { exp($0.logProbability - best) }
    let sum = weights.reduce(0, +)
    let ranked = zip(options, weights).sorted { $0.1 > $1.1 }
    let rows = ranked.map { option, weight in
      let mean = option.logProbability / Double(option.tokenCount)
      return [
        String(format: "%.1f %%", 100 * weight / sum),
        String(format: "%.3f", option.logProbability), String(format: "%.3f", mean), option.option,
      ]
    }
    return ([["share", "log p", "a token", "answer"]] + rows).map { row in
      row.prefix(3).map { padded($0) }.joined() + "  " + row[3]
    }.joined(separator: "\n")
  }

  private func padded(_ cell: String) -> String {
    String(repeating: " ", count: max(0, 9 - cell.count)) + cell
  }
}
