/// A product with a weight plus a bias: y = x · weightᵀ + bias.
public struct Linear {
  /// [outputs, inputs].
  public let weight: Tensor
  /// [outputs].
  public let bias: Tensor?

  /// Makes the layer's parameters, `weight` and `bias`.
  ///
  /// - Parameter bias: How the bias is drawn; `nil` for a layer without one.
  public init(
    _ scope: ParameterScope, inputs: Int, outputs: Int, weight: Initializer, bias: Initializer?
  ) throws(ParameterError) {
    self.weight = try scope.parameter("weight", [outputs, inputs], weight)
    if let bias {
      self.bias = try scope.parameter("bias", [outputs], bias)
    } else {
      self.bias = nil
    }
  }

  /// Applies the layer to the last dimension.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.linear(weight, bias: bias) }
}
