internal import Glibc

/// The baseline a language model must beat: each token by its frequency alone.
///
/// Frequencies are smoothed by Witten and Bell's method (IEEE Trans. Inf. Theory 37, 1991, method C)
/// over the uniform distribution: p(t) = (c(t) + D / V) / (N + D), for N tokens of D kinds and a
/// vocabulary of V.
public struct UnigramModel: Sendable {
  private var counts: [Int]
  private var total = 0
  private var kinds = 0

  /// Makes a model that has seen nothing, and so is uniform.
  ///
  /// - Precondition: `vocabulary` is positive.
  public init(vocabulary: Int) {
    precondition(vocabulary > 0, "a vocabulary has tokens")
    counts = Array(repeating: 0, count: vocabulary)
  }

  /// Counts a token.
  ///
  /// - Precondition: The token lies in the vocabulary.
  public mutating func count(_ token: Int) {
    if counts[token] == 0 { kinds += 1 }
    counts[token] += 1
    total += 1
  }

  /// The negative log-probability of a token in nats.
  public func loss(of token: Int) -> Double {
    if total == 0 { return log(Double(counts.count)) }
    let seen = Double(counts[token]) + Double(kinds) / Double(counts.count)
    return log(Double(total + kinds)) - log(seen)
  }
}
