internal import Glibc

/// Beam search: the best texts of each length are carried on together.
///
/// Its rules are those of Hugging Face's `generate` with `early_stopping=False`: of the `2 * width` best
/// continuations of the beams, those that end are finished where they are among the `width` best, and
/// the `width` best of the others are carried on. A finished text's score is its log-probability divided
/// by its length, end included, to the power of the length penalty.
public struct BeamSearch: Hashable, Sendable {
  /// When the search ends before the limit.
  public enum Ending: Hashable, Sendable {
    /// When `width` texts are finished and the best open one, judged by its present length, is no better
    /// than the worst of them.
    case likely
    /// Only at the limit or when every beam has ended: a longer text may still have a better mean.
    case never
  }

  /// How many texts are carried on.
  public var width: Int
  /// The power of the length that a text's log-probability is divided by.
  public var lengthPenalty: Double
  /// When the search ends before the limit.
  public var ending: Ending

  /// Makes a search; KOSMOS-1 captions with a width of 5 (arXiv 2302.14045, §4.1).
  ///
  /// - Precondition: `width` is positive.
  public init(width: Int = 5, lengthPenalty: Double = 1, ending: Ending = .likely) {
    precondition(width > 0, "a beam is at least one text wide")
    self.width = width
    self.lengthPenalty = lengthPenalty
    self.ending = ending
  }

  /// Finds the best continuation of the one text of a scorer.
  ///
  /// - Parameters:
  ///   - scorer: A model after its prompt, with one text.
  ///   - maximumTokens: The most tokens to write, the end of sequence included.
  ///   - end: The token that ends a sequence.
  public func `continue`(
    _ scorer: inout some NextTokenScorer, maximumTokens: Int, end: Int32
  ) throws -> Continuation {
    var open = [Beam(tokens: [], logProbability: 0)]
    var finished: [Finished] = []
    let limit = min(maximumTokens, scorer.room + 1)
    var length = 0
    while length < limit {
      length += 1
      let ranked = candidates(of: open, scorer.logProbabilities)
      let ending = ranked.map { $0.token == end || length == limit }
      for (candidate, ends) in zip(ranked.prefix(width), ending) where ends {
        finish(candidate, of: open, length, end, &finished)
      }
      let carried = zip(ranked, ending).filter { !$1 }.prefix(width).map(\.0)
      if carried.isEmpty { break }
      open = carried.map { open[$0.row].adding($0) }
      if isDecided(open, finished, length) || length == limit { break }
      try scorer.advance(rows: carried.map(\.row), tokens: carried.map(\.token))
    }
    return finished.first?.continuation
      ?? Continuation(tokens: [], logProbability: 0, isComplete: false)
  }

  private struct Candidate {
    var row: Int
    var token: Int32
    var logProbability: Double
  }

  private struct Beam {
    var tokens: [Int32]
    var logProbability: Double

    func adding(_ candidate: Candidate) -> Beam {
      Beam(tokens: tokens + [candidate.token], logProbability: candidate.logProbability)
    }
  }

  private struct Finished {
    var continuation: Continuation
    var score: Double
  }

  /// The `2 * width` best continuations by one token, the best first.
  private func candidates(of open: [Beam], _ scores: [[Float]]) -> [Candidate] {
    var best: [Candidate] = []
    for (row, beam) in open.enumerated() {
      for (token, score) in scores[row].enumerated() where score > -.infinity {
        let logProbability = beam.logProbability + Double(score)
        if best.count == 2 * width, best[best.count - 1].logProbability >= logProbability {
          continue
        }
        // Equals stay in the order of rows and tokens.
        let place = best.partitioningIndex { $0.logProbability < logProbability }
        best.insert(
          Candidate(row: row, token: Int32(token), logProbability: logProbability), at: place)
        if best.count > 2 * width { best.removeLast() }
      }
    }
    return best
  }

  private func finish(
    _ candidate: Candidate, of open: [Beam], _ length: Int, _ end: Int32,
    _ finished: inout [Finished]
  ) {
    let isComplete = candidate.token == end
    let continuation = Continuation(
      tokens: isComplete
        ? open[candidate.row].tokens : open[candidate.row].adding(candidate).tokens,
      logProbability: candidate.logProbability, isComplete: isComplete)
    let score = candidate.logProbability / pow(Double(length), lengthPenalty)
    let place = finished.partitioningIndex { $0.score < score }
    finished.insert(Finished(continuation: continuation, score: score), at: place)
    if finished.count > width { finished.removeLast() }
  }

  private func isDecided(_ open: [Beam], _ finished: [Finished], _ length: Int) -> Bool {
    guard ending == .likely, finished.count == width else { return false }
    let best = open[0].logProbability / pow(Double(length), lengthPenalty)
    return best <= finished[width - 1].score
  }
}

extension Array {
  /// The first index from which on all elements are in the second part.
  fileprivate func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
