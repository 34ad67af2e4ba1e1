import Documents
import Generation
import Glibc

/// A model that is a table: the probabilities after each text are a function of the text and a seed.
struct TableScorer: NextTokenScorer {
  let vocabulary: Int
  let seed: UInt64
  let limit: Int
  let forbidden: Set<Int>
  private(set) var texts: [[Int32]] = [[]]

  init(vocabulary: Int = 6, seed: UInt64, limit: Int = 8, forbidden: Set<Int> = []) {
    self.vocabulary = vocabulary
    self.seed = seed
    self.limit = limit
    self.forbidden = forbidden
  }

  var room: Int { limit - texts[0].count }

  var logProbabilities: [[Float]] { texts.map(scores) }

  mutating func advance(rows: [Int], tokens: [Int32]) {
    precondition(room > 0)
    texts = zip(rows, tokens).map { texts[$0] + [$1] }
  }

  func scores(after text: [Int32]) -> [Float] {
    let weights = (0..<vocabulary).map { token in
      forbidden.contains(token)
        ? 0
        : exp(
          3
            * SeededHash.unit(
              seed: seed, salt: "table", id: (text + [Int32(token)]).map { UInt8($0) }))
    }
    let sum = weights.reduce(0, +)
    return weights.map { Float(log($0 / sum)) }
  }
}
