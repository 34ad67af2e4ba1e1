import Generation
import Testing

struct ConstrainedScorerTests {
  private static let end: Int32 = 0
  private static let texts: [[Int32]] = [[1, 2, 3], [1, 2], [1, 4], [5], [4, 4, 4, 1], [2, 5]]

  /// The text of the best mean log-probability, its end counted.
  private func best(_ model: TableScorer) -> [Int32]? {
    func score(_ text: [Int32]) -> Double {
      let whole = text + [Self.end]
      let sum = whole.indices.reduce(0.0) { sum, index in
        sum + Double(model.scores(after: Array(whole[..<index]))[Int(whole[index])])
      }
      return sum / Double(whole.count)
    }
    return Self.texts.max { score($0) < score($1) }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aBeamAsWideAsTheTextsFindsTheBest(seed: UInt64) throws {
    let model = TableScorer(seed: seed)
    var scorer = ConstrainedScorer(model, to: Self.texts, end: Self.end)
    let found = try BeamSearch(width: Self.texts.count, ending: .never)
      .continue(&scorer, maximumTokens: 8, end: Self.end)
    #expect(found.tokens == best(model))
    #expect(found.isComplete)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anyStrategyWritesOneOfTheTexts(seed: UInt64) throws {
    for strategy in [
      DecodingStrategy.greedy, .beam(BeamSearch(width: 2)),
      .sample(Sampling(temperature: 2, seed: seed)),
    ] {
      var scorer = ConstrainedScorer(TableScorer(seed: seed), to: Self.texts, end: Self.end)
      let found = try strategy.continue(&scorer, maximumTokens: 8, end: Self.end)
      #expect(Self.texts.contains(found.tokens))
    }
  }
}
