/// A table of vectors, one a token.
public struct Embedding {
  /// [vocabulary, width].
  public let weight: Tensor

  /// Makes the table, `weight`.
  public init(
    _ scope: ParameterScope, vocabulary: Int, width: Int, weight: Initializer
  ) throws(ParameterError) {
    self.weight = try scope.parameter("weight", [vocabulary, width], weight)
  }

  /// The vectors of int64 token ids of any shape.
  public func callAsFunction(_ tokens: Tensor) -> Tensor { weight.embedding(of: tokens) }

  /// The logits of the vocabulary for vectors, by the same table.
  public func logits(_ x: Tensor) -> Tensor { x.linear(weight) }
}
