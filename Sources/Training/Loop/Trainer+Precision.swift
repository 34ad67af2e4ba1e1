internal import Kosmos
internal import Tensors

extension Trainer {
  /// The loss of a micro-batch, in the configuration's precision.
  ///
  /// - Parameter training: Draws dropout; `nil` for none.
  func loss(_ batch: MicroBatch, training: Generator? = nil) -> KosmosLoss {
    func loss() -> KosmosLoss {
      model.loss(batch.input, targets: batch.targets, mask: batch.lossMask, training: training)
    }
    switch configuration.precision {
    case .float32: return loss()
    case .bfloat16: return withAutocast(to: .bfloat16, on: device, loss)
    }
  }
}
