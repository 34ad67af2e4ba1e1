/// A scorer that lets only some texts be written, such as the names of ImageNet's classes.
///
/// After what was written so far, a token may come where one of the texts goes on with it, and the end of
/// sequence where one of them ends. Scores are the base's own, not scaled up to sum to 1.
public struct ConstrainedScorer<Base: NextTokenScorer>: NextTokenScorer {
  private var base: Base
  private let tree: [[Int32: Int]]
  /// Where in the tree each text stands.
  private var places = [0]

  /// Constrains a scorer that has one text.
  ///
  /// - Parameters:
  ///   - base: A model after its prompt.
  ///   - texts: What may be written, as tokens without the end of sequence.
  ///   - end: The token that ends a sequence.
  /// - Precondition: There is at least one text.
  public init(_ base: Base, to texts: [[Int32]], end: Int32) {
    precondition(!texts.isEmpty, "one text at least may be written")
    self.base = base
    var tree: [[Int32: Int]] = [[:]]
    for text in texts {
      var place = 0
      for token in text + [end] {
        if let next = tree[place][token] {
          place = next
        } else {
          tree[place][token] = tree.count
          place = tree.count
          tree.append([:])
        }
      }
    }
    self.tree = tree
  }

  /// How many more tokens a text may have.
  public var room: Int { base.room }

  /// The base's scores; minus infinity for tokens that none of the texts goes on with.
  public var logProbabilities: [[Float]] {
    zip(base.logProbabilities, places).map { scores, place in
      scores.enumerated().map { tree[place][Int32($0.offset)] == nil ? -.infinity : $0.element }
    }
  }

  /// Replaces the texts by some of them, each with one token more.
  ///
  /// - Precondition: Each token is one that may come.
  public mutating func advance(rows: [Int], tokens: [Int32]) throws {
    places = zip(rows, tokens).map { row, token in
      guard let next = tree[places[row]][token] else {
        preconditionFailure("only a token that may come is written")
      }
      return next
    }
    try base.advance(rows: rows, tokens: tokens)
  }
}
