import Generation
import Glibc
import Testing

struct SamplingTests {
  private func texts(_ sampling: Sampling, count: Int = 2000) throws -> [[Int32]] {
    try (0..<count).map { number in
      var sampling = sampling
      sampling.seed = UInt64(number)
      var scorer = TableScorer(seed: 5)
      return try DecodingStrategy.sample(sampling)
        .continue(&scorer, maximumTokens: 1, end: -1).tokens
    }
  }

  private func frequencies(_ texts: [[Int32]]) -> [Double] {
    (0..<6).map { token in
      Double(texts.count { $0 == [Int32(token)] }) / Double(texts.count)
    }
  }

  @Test(arguments: [0.5, 1, 2])
  func tokensComeByTheirProbability(temperature: Double) throws {
    let weights = TableScorer(seed: 5).scores(after: []).map { exp(Double($0) / temperature) }
    let sum = weights.reduce(0, +)
    let found = frequencies(try texts(Sampling(temperature: temperature)))
    for (weight, frequency) in zip(weights, found) {
      #expect(abs(weight / sum - frequency) < 0.04)
    }
  }

  @Test func topKKeepsTheLikeliest() throws {
    let scores = TableScorer(seed: 5).scores(after: [])
    let likeliest = scores.indices.sorted { scores[$0] > scores[$1] }
    let found = frequencies(try texts(Sampling(topK: 2)))
    #expect(Set(found.indices.filter { found[$0] > 0 }) == Set(likeliest.prefix(2)))
  }

  @Test func topPKeepsTheSmallestSetThatHasTheProbability() throws {
    let probabilities = TableScorer(seed: 5).scores(after: []).map { exp(Double($0)) }
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    let topP = probabilities[order[0]] + probabilities[order[1]] + 1e-6
    let found = frequencies(try texts(Sampling(topP: topP)))
    #expect(Set(found.indices.filter { found[$0] > 0 }) == Set(order.prefix(3)))
  }

  @Test func oneSeedGivesOneText() throws {
    func text(_ seed: UInt64) throws -> Continuation {
      var scorer = TableScorer(seed: 5, limit: 30)
      return try DecodingStrategy.sample(Sampling(seed: seed))
        .continue(&scorer, maximumTokens: 30, end: -1)
    }
    #expect(try text(1) == text(1))
    #expect(try text(1) != text(2))
  }

  @Test func tokensAreToldAsTheyCome() throws {
    var scorer = TableScorer(seed: 5)
    var told: [Int32] = []
    let result = try DecodingStrategy.greedy.continue(&scorer, maximumTokens: 5, end: -1) {
      told.append($0)
    }
    #expect(told == result.tokens)
  }
}
