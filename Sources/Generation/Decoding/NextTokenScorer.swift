/// A language model in the middle of some texts: it scores what may come next in each.
///
/// Greedy search, beam search and sampling know a model by this alone, so that they can be tested on
/// models that are tables.
public protocol NextTokenScorer {
  /// How many more tokens a text may have.
  var room: Int { get }

  /// The log-probabilities of each token of the vocabulary as the next one, for each text.
  ///
  /// A token that must not come has minus infinity.
  var logProbabilities: [[Float]] { get }

  /// Replaces the texts by some of them, each with one token more.
  ///
  /// - Parameters:
  ///   - rows: Which text each new one begins with; a text may be named any number of times.
  ///   - tokens: The token that each new text goes on with.
  /// - Precondition: `rows` and `tokens` are equally many and not none, and there is ``room``.
  mutating func advance(rows: [Int], tokens: [Int32]) throws
}
