internal import Tensors

/// Dropout in training, and nothing in evaluation.
struct Dropout {
  let probability: Double
  let generator: Generator?

  /// Whether anything is dropped.
  var isActive: Bool { probability > 0 && generator != nil }

  func callAsFunction(_ x: Tensor) -> Tensor {
    guard let generator, probability > 0 else { return x }
    return x.dropout(probability, generator)
  }
}
