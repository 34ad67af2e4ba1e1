import Generation
import Glibc
import Testing

struct BeamSearchTests {
  private static let end: Int32 = 0

  /// The best text by its score among all of at most `length` tokens.
  private func exhaustive(
    _ model: TableScorer, length: Int, lengthPenalty: Double
  ) -> (text: [Int32], score: Double) {
    var best: (text: [Int32], score: Double) = ([], -.infinity)
    var open: [(text: [Int32], sum: Double)] = [([], 0)]
    for count in 1...length {
      var next: [(text: [Int32], sum: Double)] = []
      for (text, sum) in open {
        for (token, score) in model.scores(after: text).enumerated() where score > -.infinity {
          let total = sum + Double(score)
          if Int32(token) == Self.end || count == length {
            let score = total / pow(Double(count), lengthPenalty)
            let tokens = Int32(token) == Self.end ? text : text + [Int32(token)]
            if score > best.score { best = (tokens, score) }
          } else {
            next.append((text + [Int32(token)], total))
          }
        }
      }
      open = next
    }
    return best
  }

  @Test(arguments: [0.0, 0.5, 1.0, 2.0], [1, 2, 3, 4] as [UInt64])
  func aBeamAsWideAsTheTreeFindsTheBestText(lengthPenalty: Double, seed: UInt64) throws {
    let model = TableScorer(seed: seed)
    let best = exhaustive(model, length: 4, lengthPenalty: lengthPenalty)
    var scorer = model
    let found = try BeamSearch(width: 1296, lengthPenalty: lengthPenalty, ending: .never)
      .continue(&scorer, maximumTokens: 4, end: Self.end)
    #expect(found.tokens == best.text)
    let length = Double(found.tokens.count + (found.isComplete ? 1 : 0))
    #expect(abs(found.logProbability / pow(length, lengthPenalty) - best.score) < 1e-9)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aBeamOfOneIsGreedy(seed: UInt64) throws {
    var first = TableScorer(seed: seed)
    var second = TableScorer(seed: seed)
    let greedy = try DecodingStrategy.greedy.continue(&first, maximumTokens: 6, end: Self.end)
    let beam = try BeamSearch(width: 1).continue(&second, maximumTokens: 6, end: Self.end)
    #expect(beam == greedy)
  }

  @Test func aWiderBeamFindsWhatGreedySearchMisses() throws {
    var better = 0
    for seed in 1...50 as ClosedRange<UInt64> {
      var first = TableScorer(seed: seed)
      var second = TableScorer(seed: seed)
      let greedy = try DecodingStrategy.greedy.continue(&first, maximumTokens: 6, end: -1)
      let beam = try BeamSearch(width: 5).continue(&second, maximumTokens: 6, end: -1)
      #expect(beam.logProbability >= greedy.logProbability - 1e-6)
      if beam.logProbability > greedy.logProbability + 1e-3 { better += 1 }
    }
    #expect(better > 20)
  }

  @Test func forbiddenTokensDoNotCome() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var scorer = TableScorer(seed: seed, forbidden: [2, 4])
      let found = try BeamSearch(width: 4).continue(&scorer, maximumTokens: 8, end: Self.end)
      #expect(!found.tokens.contains(2) && !found.tokens.contains(4))
    }
  }

  @Test func theContextIsALimitToo() throws {
    for strategy in [DecodingStrategy.greedy, .beam(BeamSearch()), .sample(Sampling(seed: 3))] {
      var scorer = TableScorer(seed: 9, limit: 3)
      let found = try strategy.continue(&scorer, maximumTokens: 100, end: -1)
      #expect(found.tokens.count == 4)
      #expect(!found.isComplete)
    }
  }

  @Test func nothingIsWrittenWhereNothingIsAsked() throws {
    for strategy in [DecodingStrategy.greedy, .beam(BeamSearch()), .sample(Sampling(seed: 3))] {
      var scorer = TableScorer(seed: 9)
      let found = try strategy.continue(&scorer, maximumTokens: 0, end: Self.end)
      #expect(found == Continuation(tokens: [], logProbability: 0, isComplete: false))
    }
  }
}
