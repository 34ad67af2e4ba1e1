internal import Kosmos
internal import Storage
internal import Tensors

extension Checkpoint {
  /// Reads the model.
  ///
  /// - Throws: `ParameterError` where the file is missing or broken, or tensors are missing, too many,
  ///   of another shape or not finite.
  func readModel(on device: Device) throws -> KosmosModel {
    try KosmosModel(path: model, device: device)
  }

  /// Reads the optimiser's state into an optimiser of the model's parameters.
  ///
  /// - Throws: `ParameterError` as ``readModel(on:)`` does.
  func restore(_ optimizer: AdamW, of model: KosmosModel) throws {
    let stored = try StoredParameters(path: self.optimizer)
    func moments(_ kind: String) throws -> [Tensor] {
      try model.parameters.trainable.map { parameter in
        try stored.tensor("\(kind).\(parameter.name)", parameter.tensor.shape, .zeros)
      }
    }
    let (means, variances) = (try moments("mean"), try moments("variance"))
    try stored.requireAllUsed()
    optimizer.restore(steps: step, means: means, variances: variances)
  }
}
