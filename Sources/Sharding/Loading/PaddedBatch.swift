internal import Safetensors
internal import Tokenization

/// Sequences as one forward pass reads them, padded on the right to their longest: plain arrays, row after row.
///
/// A sequence of n tokens is n - 1 inputs, and input t predicts token t + 1. Padding on the right is seen by
/// nothing before it, so that the model needs no mask for it.
public struct PaddedBatch: Hashable, Sendable {
  /// The document number of padding.
  public static let noDocument: Int64 = -1

  /// The number of sequences.
  public private(set) var rows = 0
  /// The number of inputs of each, padding included.
  public let length: Int
  /// The input tokens: [rows, length].
  public private(set) var tokens: [Int64] = []
  /// The token that each input predicts: [rows, length].
  public private(set) var targets: [Int64] = []
  /// 1 where that token counts, and 0 elsewhere: [rows, length].
  public private(set) var lossMask: [UInt8] = []
  /// The documents' numbers in their sequence, counted from 0: [rows, length].
  ///
  /// `<s>` belongs to the first document; padding to none, ``noDocument``.
  public private(set) var documents: [Int64] = []
  /// For each image the place of its first latent, counted through the batch.
  public private(set) var imageSlots: [Int] = []
  /// The images' features.
  public private(set) var features = StoredFeatures()
  /// How many inputs are no padding.
  public private(set) var tokenCount = 0

  /// Lays sequences out.
  ///
  /// - Throws: ``ShardingError`` where the features of an image are damaged.
  public init(
    _ sequences: [(sequence: ShardSequence, shard: Shard)]
  ) throws(ShardingError) {
    length = max(1, (sequences.map(\.sequence.tokens.count).max() ?? 1) - 1)
    reserve(sequences)
    for (sequence, shard) in sequences { try add(sequence, of: shard) }
  }

  /// The number of inputs, padding included.
  public var positionCount: Int { rows * length }

  private mutating func reserve(_ sequences: [(sequence: ShardSequence, shard: Shard)]) {
    let positions = sequences.count * length
    tokens.reserveCapacity(positions)
    targets.reserveCapacity(positions)
    lossMask.reserveCapacity(positions)
    documents.reserveCapacity(positions)
    for (sequence, shard) in sequences {
      features.reserve(sequence.images.count, shard.description.featureLayout)
    }
  }

  private mutating func add(_ sequence: ShardSequence, of shard: Shard) throws(ShardingError) {
    let start = tokens.count
    let count = sequence.tokens.count - 1
    tokens.append(contentsOf: sequence.tokens.dropLast().lazy.map(Int64.init))
    targets.append(contentsOf: sequence.tokens.dropFirst().lazy.map(Int64.init))
    lossMask.append(contentsOf: sequence.lossMask.dropFirst())
    addDocuments(sequence.segments, count: count)
    pad(by: length - count)
    for image in sequence.images {
      imageSlots.append(start + image.position)
      features.add(row: image.row, of: shard)
    }
    tokenCount += count
    rows += 1
  }

  /// Numbers the documents of a sequence's inputs.
  private mutating func addDocuments(_ segments: [Segment], count: Int) {
    let starts = [0] + segments.dropFirst().map { min($0.start, count) } + [count]
    for (number, (start, end)) in zip(starts, starts.dropFirst()).enumerated() {
      documents.append(contentsOf: repeatElement(Int64(number), count: end - start))
    }
  }

  private mutating func pad(by count: Int) {
    tokens.append(contentsOf: repeatElement(Int64(Vocabulary.pad), count: count))
    targets.append(contentsOf: repeatElement(Int64(Vocabulary.pad), count: count))
    lossMask.append(contentsOf: repeatElement(0, count: count))
    documents.append(contentsOf: repeatElement(Self.noDocument, count: count))
  }
}
