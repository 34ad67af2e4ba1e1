/// How the next token is chosen.
public enum DecodingStrategy: Hashable, Sendable {
  /// The likeliest token each time.
  case greedy
  /// The likeliest text among those a beam search finds.
  case beam(BeamSearch)
  /// A token drawn by its probability.
  case sample(Sampling)

  /// Continues the one text of a scorer.
  ///
  /// - Parameters:
  ///   - scorer: A model after its prompt, with one text.
  ///   - maximumTokens: The most tokens to write, the end of sequence included.
  ///   - end: The token that ends a sequence.
  ///   - write: Called with each token as soon as it is certain: at once, or for a beam search at the end.
  public func `continue`(
    _ scorer: inout some NextTokenScorer, maximumTokens: Int, end: Int32,
    write: (Int32) throws -> Void = { _ in }
  ) throws -> Continuation {
    switch self {
    case .greedy:
      return try Self.follow(&scorer, maximumTokens, end, write) { Self.likeliest(of: $0) }
    case .sample(let sampling):
      var sampler = Sampler(sampling)
      return try Self.follow(&scorer, maximumTokens, end, write) { sampler.draw(from: $0) }
    case .beam(let search):
      let best = try search.continue(&scorer, maximumTokens: maximumTokens, end: end)
      for token in best.tokens { try write(token) }
      return best
    }
  }

  /// Writes one token after the other as a function chooses them.
  private static func follow(
    _ scorer: inout some NextTokenScorer, _ maximumTokens: Int, _ end: Int32,
    _ write: (Int32) throws -> Void, choose: ([Float]) -> Int?
  ) throws -> Continuation {
    var result = Continuation(tokens: [], logProbability: 0, isComplete: false)
    while result.tokens.count < maximumTokens {
      let scores = scorer.logProbabilities[0]
      guard let choice = choose(scores) else { break }
      result.logProbability += Double(scores[choice])
      let token = Int32(choice)
      if token == end {
        result.isComplete = true
        break
      }
      result.tokens.append(token)
      try write(token)
      if scorer.room == 0 || result.tokens.count == maximumTokens { break }
      try scorer.advance(rows: [0], tokens: [token])
    }
    return result
  }

  /// The index of the largest score, the first of equals; `nil` where none is possible.
  private static func likeliest(of scores: [Float]) -> Int? {
    var best: Int?
    for index in scores.indices where scores[index] > scores[best ?? index] || best == nil {
      if scores[index] > -.infinity { best = index }
    }
    return best
  }
}
