internal import Kosmos
internal import Storage
internal import Tensors

extension Checkpoint {
  /// Writes the checkpoint; it has its name once all of it is durable.
  func write(
    _ state: CheckpointState, _ model: KosmosModel, _ optimizer: AdamW, tokenizer bytes: [UInt8]
  ) throws {
    let partial = Checkpoint(partialOf: self)
    try Directory.remove(partial.path)
    try Directory.make(partial.path)
    try model.save(to: partial.model)
    try writeSafetensors(
      optimizer.moments(named: model.parameters.trainable.map(\.name)), to: partial.optimizer)
    try AtomicFile.write(bytes, to: partial.tokenizer)
    try state.write(to: partial.state)
    try Directory.remove(path)
    try Directory.rename(partial.path, to: path)
  }

  /// Removes all checkpoints of a directory but the latest, and what interrupted writing left.
  static func keepLatest(_ count: Int, in directory: String) throws(StorageError) {
    for checkpoint in try all(in: directory).dropLast(count) {
      try Directory.remove(checkpoint.path)
    }
    for name in try Directory.names(in: directory) where name.hasSuffix(partialSuffix) {
      try Directory.remove("\(directory)/\(name)")
    }
  }

  private static let partialSuffix = ".weft-partial"

  private init(partialOf checkpoint: Checkpoint) {
    path = checkpoint.path + Self.partialSuffix
    step = checkpoint.step
  }
}

extension AdamW {
  /// The running means under the names they are stored by.
  fileprivate func moments(named names: [String]) -> [(name: String, tensor: Tensor)] {
    zip(names, means).map { ("mean.\($0)", $1) }
      + zip(names, variances).map { ("variance.\($0)", $1) }
  }
}
