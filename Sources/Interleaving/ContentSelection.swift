import HTMLTree

/// Which blocks of a page are its content.
struct ContentSelection {
  /// How likely each block is content.
  let probabilities: [Float]
  /// The least probability that is kept on this page.
  let threshold: Float
  /// Whether each block is kept.
  let isKept: [Bool]

  /// Whatever the page, a block less likely than this is no content.
  private static let floor: Float = 0.08

  /// Keeps the blocks by which the expected F1 of the page's words is greatest.
  ///
  /// The best set for F1 is one of a threshold, which lies near half the F1 that can be reached
  /// (Lipton, Elkan and Naryanaswamy, ECML 2014): pages that are hard to read keep more than a fixed
  /// threshold would keep. `words` is the number of words of each block; headings go with the text
  /// around them.
  init(probabilities: [Float], words: [Float], isHeading: [Bool]) {
    self.probabilities = probabilities
    // The index parts equal probabilities, so that the order is the same everywhere.
    let order = probabilities.indices.sorted {
      (probabilities[$1], $0) < (probabilities[$0], $1)
    }
    var expected: Float = 0
    for index in order { expected += probabilities[index] * words[index] }
    var hits: Float = 0
    var taken: Float = 0
    var best: Float = -1
    var threshold: Float = 2
    for index in order {
      hits += probabilities[index] * words[index]
      taken += words[index]
      let score = 2 * hits / max(taken + expected, 1)
      if score > best {
        best = score
        threshold = probabilities[index]
      }
    }
    self.threshold = max(threshold, Self.floor)
    isKept = Self.withHeadings(
      probabilities.map { [limit = self.threshold] in $0 >= limit }, isHeading)
  }

  /// Keeps the headings that stand between text that is kept.
  private static func withHeadings(_ isKept: [Bool], _ isHeading: [Bool]) -> [Bool] {
    var result = isKept
    var hasTextBefore = false
    for index in isKept.indices {
      if isKept[index] || !isHeading[index] { hasTextBefore = isKept[index] }
      result[index] = hasTextBefore
    }
    var hasTextAfter = false
    for index in isKept.indices.reversed() {
      if isKept[index] || !isHeading[index] { hasTextAfter = isKept[index] }
      result[index] = isKept[index] || (isHeading[index] && result[index] && hasTextAfter)
    }
    return result
  }
}
