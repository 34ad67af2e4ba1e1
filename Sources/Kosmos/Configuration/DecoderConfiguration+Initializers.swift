internal import Tensors

extension DecoderConfiguration {
  /// How the weight and the bias of a projection are drawn.
  ///
  /// - Parameter gain: 1, or MAGNETO's for value, output and feed-forward projections.
  func projection(
    inputs: Int, outputs: Int, gain: Double
  ) -> (weight: Initializer, bias: Initializer) {
    switch initialization {
    case .magneto: (.xavierNormal([outputs, inputs], gain: gain), .zeros)
    case .torchscale:
      (.linearDefault(inputs: inputs, gain: gain), .linearDefault(inputs: inputs, gain: gain))
    }
  }
}
