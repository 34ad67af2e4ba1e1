internal import Documents
internal import Glibc

/// Draws tokens by their log-probabilities.
///
/// The order is that of the field's samplers: temperature, then top-k, then top-p. The random numbers are
/// SplitMix64's, so that one seed gives the same text on any machine that computes the same scores.
struct Sampler {
  private let sampling: Sampling
  private var state: UInt64

  init(_ sampling: Sampling) {
    self.sampling = sampling
    state = sampling.seed
  }

  /// Draws a token; `nil` where none is possible.
  mutating func draw(from logProbabilities: [Float]) -> Int? {
    let candidates = self.candidates(of: logProbabilities)
    let total = candidates.reduce(0) { $0 + $1.weight }
    var rest = unit() * total
    for candidate in candidates {
      rest -= candidate.weight
      if rest < 0 { return candidate.token }
    }
    return candidates.last?.token
  }

  private struct Candidate {
    var token: Int
    var weight: Double
  }

  /// The tokens that may be drawn, the likeliest first, with weights in proportion to probability.
  private func candidates(of logProbabilities: [Float]) -> [Candidate] {
    let possible = logProbabilities.indices.filter { logProbabilities[$0] > -.infinity }
    // Equal scores keep the order of the vocabulary, or a seed would not fix the text.
    let sorted = possible.sorted {
      (logProbabilities[$1], $0) < (logProbabilities[$0], $1)
    }
    guard let best = sorted.first else { return [] }
    let kept = sorted.prefix(sampling.topK ?? sorted.count).map { token in
      let excess = Double(logProbabilities[token] - logProbabilities[best])
      return Candidate(token: token, weight: exp(excess / sampling.temperature))
    }
    guard let topP = sampling.topP else { return kept }
    let nucleus = topP * kept.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    for (index, candidate) in kept.enumerated() {
      sum += candidate.weight
      if sum >= nucleus { return Array(kept[...index]) }
    }
    return kept
  }

  /// The next random number of [0, 1).
  private mutating func unit() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Double(SeededHash.finish(state) >> 11) * 0x1p-53
  }
}
