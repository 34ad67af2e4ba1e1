internal import Kosmos
internal import Sharding
internal import Tensors

/// Sequences of one corpus as one forward pass reads them, on the device.
struct MicroBatch {
  /// Which sequences of which corpus it is.
  let group: StepPlan.Group
  /// The input tokens and the images among them.
  let input: KosmosInput
  /// The token each input predicts: int64 [rows, length].
  let targets: Tensor
  /// Which of those count: uint8 [rows, length].
  let lossMask: Tensor
  /// How many inputs are no padding.
  let tokenCount: Int
  /// How many inputs there are, padding included.
  let positionCount: Int

  /// Copies a group's arrays to a device.
  ///
  /// - Parameter shards: What the group's shards have in common.
  init(
    _ batch: PaddedBatch, of group: StepPlan.Group, _ shards: ShardDescription,
    attention: TrainingConfiguration.Attention, on device: Device
  ) {
    let shape: Shape = [batch.rows, batch.length]
    self.group = group
    input = KosmosInput(
      tokens: Tensor(batch.tokens, shape: shape).moved(to: device),
      images: batch.images(shards, on: device),
      documents: attention == .documents
        ? Tensor(batch.documents, shape: shape).moved(to: device) : nil)
    targets = Tensor(batch.targets, shape: shape).moved(to: device)
    lossMask = Tensor(batch.lossMask, shape: shape).moved(to: device)
    tokenCount = batch.tokenCount
    positionCount = batch.positionCount
  }
}

extension PaddedBatch {
  /// The images as the model takes them; `nil` without any.
  fileprivate func images(_ shards: ShardDescription, on device: Device) -> KosmosImages? {
    if imageSlots.isEmpty { return nil }
    let prefix = features.tensor(shards.featureLayout, on: device)
    return KosmosImages(.prefix(prefix), slots: imageSlots)
  }
}
