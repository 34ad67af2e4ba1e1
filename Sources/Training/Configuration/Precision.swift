/// What the matrix products and the attention of a training are computed in.
///
/// Weights, gradients, the optimiser's state, the residual stream, rotation, norms, softmax and the loss are
/// `float32` in either.
public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  /// `float32`.
  case float32
  /// `bfloat16`, by libtorch's autocast: twice the speed or more on GPUs and on processors with such
  /// instructions (AMX, AVX512-BF16), at three digits of each product.
  case bfloat16
}

/// What a backward pass computes again instead of keeping it (Chen and others 2016, arXiv 1604.06174).
public enum Recomputation: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing: all intermediate results are kept.
  case none
  /// The decoder's blocks: of each only its input is kept.
  case blocks
}

// Checkpoints of a version that knew neither key name neither.
extension KeyedDecodingContainer {
  func decode(_ type: Precision.Type, forKey key: Key) throws -> Precision {
    try decodeIfPresent(type, forKey: key) ?? .float32
  }

  func decode(_ type: Recomputation.Type, forKey key: Key) throws -> Recomputation {
    try decodeIfPresent(type, forKey: key) ?? .none
  }
}
