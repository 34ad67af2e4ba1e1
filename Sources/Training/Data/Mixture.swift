internal import Documents

/// What every step reads: a fixed number of sequences of each corpus.
///
/// KOSMOS-1 reads 0.5 M tokens of text, 0.5 M of image-caption pairs and 0.2 M of interleaved documents
/// a step (arXiv 2302.14045, §3.2). Sequences are not equally long, so a corpus's share of the tokens is
/// turned once into a number of sequences, by their mean length; every step then has the same
/// composition, and which sequences it reads is a function of its number alone.
public struct Mixture: Hashable, Sendable {
  /// The paper's weights.
  public static let paperWeights = PerCorpus(interleaved: 0.2, pairs: 0.5, text: 0.5)

  /// How many sequences of each corpus a step reads.
  public let sequences: PerCorpus<Int>

  /// Divides a step's tokens among the corpora.
  ///
  /// - Parameters:
  ///   - tokens: The tokens of a step, all corpora together.
  ///   - weights: The corpora's shares, up to one factor; a corpus of weight 0 is left out, any other
  ///     gives at least one sequence.
  ///   - meanLengths: The mean length of each corpus's sequences in tokens.
  /// - Precondition: Weights are not negative and not all zero; a corpus that is not left out has a
  ///   positive mean length.
  public init(tokens: Int, weights: PerCorpus<Double>, meanLengths: PerCorpus<Double>) {
    let sum = Corpus.allCases.reduce(0) { $0 + weights[$1] }
    precondition(
      sum > 0 && Corpus.allCases.allSatisfy { weights[$0] >= 0 }, "a mixture weighs something")
    sequences = PerCorpus { corpus in
      if weights[corpus] == 0 { return 0 }
      precondition(meanLengths[corpus] > 0, "a corpus of the mixture has tokens")
      let share = Double(tokens) * weights[corpus] / sum
      return max(1, Int((share / meanLengths[corpus]).rounded()))
    }
  }
}
