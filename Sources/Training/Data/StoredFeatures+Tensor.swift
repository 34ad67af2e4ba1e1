internal import Sharding
internal import Tensors

// Shape suffixes: N images, P tokens of an image, C their width, G groups of channels with a scale of
// their own, D channels of a group.

extension StoredFeatures {
  /// The features in single precision, [N, P, C].
  ///
  /// They are the numbers of ``FeatureLayout/features(_:)`` to the bit: what is multiplied has few enough
  /// bits for the product to be exact.
  func tensor(_ layout: FeatureLayout, on device: Device) -> Tensor {
    let shape: Shape = [count, layout.tokens, layout.width]
    let stored_NPC = Tensor(
      bytes: values, type: layout.storage.scalarType, shape: shape
    ).moved(to: device)
    guard layout.scalesPerToken > 0 else { return stored_NPC.converted(to: .float32) }
    let groups = layout.scalesPerToken
    let scales_NPG1 = Tensor(
      bytes: scales, type: .float16, shape: [count, layout.tokens, groups, 1]
    ).moved(to: device).converted(to: .float32)
    let scales_NPC =
      scales_NPG1
      .expanded([count, layout.tokens, groups, Int8Quantization.groupSize])
      .reshaped([count, layout.tokens, groups * Int8Quantization.groupSize])
      .slice(0..<layout.width, of: 2)
    return stored_NPC.converted(to: .float32) * scales_NPC
  }
}

extension FeatureStorage {
  /// The type of the stored values as elements of a tensor.
  fileprivate var scalarType: ScalarType {
    switch self {
    case .float16: .float16
    case .int8: .int8
    case .float32: .float32
    }
  }
}
