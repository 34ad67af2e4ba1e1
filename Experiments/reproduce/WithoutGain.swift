import Tensors

/// Parameters as MAGNETO draws them, but for its gain: sub-LN alone.
struct WithoutGain: ParameterSource {
  let base: any ParameterSource
  let gain: Double

  private static let scaled = ["v_proj.weight", "out_proj.weight", "fc1.weight", "fc2.weight"]

  func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    let tensor = try base.tensor(name, shape, initializer)
    if Self.scaled.contains(where: name.hasSuffix) { tensor.multiply(by: 1 / gain) }
    return tensor
  }
}
