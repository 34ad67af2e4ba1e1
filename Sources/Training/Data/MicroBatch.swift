internal import Documents
internal import Kosmos
internal import Sharding
internal import Tensors
internal import Tokenization

/// Sequences of one corpus as one forward pass reads them, padded on the right to their longest.
///
/// A sequence of n tokens is n - 1 inputs, and input t predicts token t + 1. Padding on the right is seen
/// by nothing before it, so that the model needs no mask for it.
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

  /// Reads and pads the sequences of a group.
  ///
  /// - Throws: `ShardingError` where a sequence or its features are damaged.
  init(_ group: StepPlan.Group, of set: ShardSet, on device: Device) throws {
    let sequences = try group.sequences.map { try set.sequence(at: $0) }
    let length = max(1, (sequences.map(\.sequence.tokens.count).max() ?? 1) - 1)
    var layout = Layout(length: length)
    for (sequence, shard) in sequences { try layout.add(sequence, of: shard) }
    let shape: Shape = [sequences.count, length]
    self.group = group
    input = KosmosInput(
      tokens: Tensor(layout.tokens, shape: shape).moved(to: device),
      images: layout.images(set.description, on: device))
    targets = Tensor(layout.targets, shape: shape).moved(to: device)
    lossMask = Tensor(layout.lossMask, shape: shape).moved(to: device)
    tokenCount = layout.tokenCount
  }
}

/// The arrays of a micro-batch while it is filled.
private struct Layout {
  let length: Int
  var tokens: [Int64] = []
  var targets: [Int64] = []
  var lossMask: [UInt8] = []
  var imageSlots: [Int] = []
  var features = StoredFeatures()
  var tokenCount = 0

  mutating func add(_ sequence: ShardSequence, of shard: Shard) throws {
    let start = tokens.count
    let padding = length - (sequence.tokens.count - 1)
    let fill = repeatElement(Int64(Vocabulary.pad), count: padding)
    tokens += sequence.tokens.dropLast().map(Int64.init) + fill
    targets += sequence.tokens.dropFirst().map(Int64.init) + fill
    lossMask += sequence.lossMask.dropFirst() + repeatElement(0, count: padding)
    tokenCount += length - padding
    for image in sequence.images {
      imageSlots.append(start + image.position)
      features.add(row: image.row, of: shard)
    }
  }

  func images(_ description: ShardDescription?, on device: Device) -> KosmosImages? {
    guard let description, !imageSlots.isEmpty else { return nil }
    let prefix = features.tensor(description.featureLayout, on: device)
    return KosmosImages(.prefix(prefix), slots: imageSlots)
  }
}
