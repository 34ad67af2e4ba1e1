/// Layer normalisation of the last dimension with a weight and a bias (Ba, Kiros & Hinton 2016).
public struct LayerNorm {
  /// [width].
  public let weight: Tensor
  /// [width].
  public let bias: Tensor
  /// What is added to the variance.
  public let epsilon: Double

  /// Makes the layer's parameters, `weight` of ones and `bias` of zeros.
  public init(
    _ scope: ParameterScope, width: Int, epsilon: Double = 1e-5
  ) throws(ParameterError) {
    weight = try scope.parameter("weight", [width], .ones)
    bias = try scope.parameter("bias", [width], .zeros)
    self.epsilon = epsilon
  }

  /// Applies the layer to the last dimension.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.layerNorm(weight: weight, bias: bias, epsilon: epsilon)
  }
}
