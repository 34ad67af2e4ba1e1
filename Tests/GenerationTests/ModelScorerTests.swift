import Generation
import Glibc
import Kosmos
import Tensors
import Testing

/// A model after a prompt, one token at a time with its cache, against whole passes without one.
struct ModelScorerTests {
  private let model: KosmosModel
  private let prompt: [Int32] = [0, 17, 9, 44]
  /// The vocabulary of the exhaustive search: 2 ends a text.
  private let letters: [Int32] = [2, 10, 11, 12, 13, 14]

  init() throws {
    setThreads(1)
    model = try KosmosModel(.tiny, seed: 7)
    // New parameters give nearly even scores; larger embeddings tell tokens apart.
    withoutGradients { model.parameters.parameters.map(\.tensor)[0].multiply(by: 4) }
  }

  /// The log-probabilities after each position of a text, by one whole pass.
  private func scores(_ text: [Int32]) -> [[Float]] {
    withoutGradients {
      let input = KosmosInput(tokens: Tensor(text.map(Int64.init), shape: [1, text.count]))
      let scores = model.logits(input).element(0).logSoftmax()
      return (0..<text.count).map { scores.element($0).values() }
    }
  }

  private func scorer(limitedTo allowed: [Int32]? = nil) -> ModelScorer {
    ModelScorer(model, tokens: prompt, images: nil, context: 32) { allowed?.contains($0) ?? true }
  }

  @Test func stepsGiveTheScoresOfWholePasses() throws {
    var scorer = scorer()
    var texts = [prompt]
    for (rows, tokens) in [([0, 0], [5, 6]), ([1, 0, 1], [7, 8, 9]), ([2, 2], [10, 11])]
      as [([Int], [Int32])]
    {
      scorer.advance(rows: rows, tokens: tokens)
      texts = zip(rows, tokens).map { texts[$0] + [$1] }
      #expect(scorer.logProbabilities.count == texts.count)
      for (found, text) in zip(scorer.logProbabilities, texts) {
        let expected = try #require(scores(text).last)
        let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(difference < 1e-4)
      }
    }
    #expect(scorer.room == 32 - prompt.count - 3)
  }

  /// The best mean log-probability of the texts of at most `limit` letters, and that text.
  private func exhaustive(limit: Int) -> (text: [Int32], score: Double) {
    var best: (text: [Int32], score: Double) = ([], -.infinity)
    var open: [(text: [Int32], sum: Double)] = [([], 0)]
    for length in 1...limit {
      var next: [(text: [Int32], sum: Double)] = []
      for (text, sum) in open {
        let last = scores(prompt + text)[prompt.count + text.count - 1]
        for letter in letters {
          let sum = sum + Double(last[Int(letter)])
          let ends = letter == 2
          if !ends { next.append((text + [letter], sum)) }
          if (ends || length == limit) && sum / Double(length) > best.score {
            best = (ends ? text : text + [letter], sum / Double(length))
          }
        }
      }
      open = next
    }
    return best
  }

  @Test func aBeamAsWideAsTheTreeFindsTheBestText() throws {
    let best = exhaustive(limit: 3)
    var scorer = scorer(limitedTo: letters)
    let found = try BeamSearch(width: 216, ending: .never)
      .continue(&scorer, maximumTokens: 3, end: 2)
    #expect(found.tokens == best.text)
    let length = Double(found.tokens.count + (found.isComplete ? 1 : 0))
    #expect(abs(found.logProbability / length - best.score) < 1e-4)
  }

  @Test(arguments: [[12], [12, 50, 7], [2, 0, 118, 119]] as [[Int32]])
  func textsAreScoredByTheirLikelihood(text: [Int32]) {
    // Scores are of all tokens, also of those that may not come.
    let scorer = scorer(limitedTo: letters)
    let whole = scores(prompt + text)
    let expected = text.enumerated().reduce(0.0) { sum, step in
      sum + Double(whole[prompt.count + step.offset - 1][Int(step.element)])
    }
    #expect(abs(scorer.logProbability(of: text) - expected) < 1e-4)
    #expect(abs(scorer.logProbability(of: text) - expected) < 1e-4, "nothing is remembered")
  }

  @Test func whatMayNotComeHasNoProbability() {
    let scores = scorer(limitedTo: letters).logProbabilities[0]
    #expect(scores.indices.filter { scores[$0] > -.infinity }.map(Int32.init) == letters)
  }
}
