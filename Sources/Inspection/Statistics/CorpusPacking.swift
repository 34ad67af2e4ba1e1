public import Documents
internal import Foundation
internal import Sharding

/// How well a corpus's documents fill the sequences that are trained on, and those the micro-batches.
public struct CorpusPacking: Hashable, Sendable, Codable {
  /// The corpus.
  public var corpus: Corpus
  /// The sequences that are trained on.
  public var sequences: Int
  /// Their tokens.
  public var tokens: Int
  /// The most tokens that a sequence may have.
  public var maximumLength: Int
  /// The share of positions that would be padding, were every sequence filled up to that.
  public var paddingShare: Double
  /// The share of positions that was padding in the micro-batches of the training; `nil` before it.
  ///
  /// Sequences of like lengths are read together and filled up to their longest.
  public var trainingPaddingShare: Double?

  /// Makes an account from its parts.
  public init(
    corpus: Corpus, sequences: Int, tokens: Int, maximumLength: Int, paddingShare: Double,
    trainingPaddingShare: Double?
  ) {
    self.corpus = corpus
    self.sequences = sequences
    self.tokens = tokens
    self.maximumLength = maximumLength
    self.paddingShare = paddingShare
    self.trainingPaddingShare = trainingPaddingShare
  }
}

extension InspectedRun {
  /// How the corpora are packed, from the shards' index and the metrics; a corpus without shards is left out.
  func packing() -> [CorpusPacking] {
    let metrics = TrainingMetrics(path: directory.path(RunDirectory.metrics + "/metrics.jsonl"))
    return Corpus.allCases.compactMap { corpus in
      let folder = directory.path(RunDirectory.shards(corpus))
      // What is damaged or not there yet has no numbers; `weft verify` tells of it.
      guard let index = try? ShardIndex(directory: folder),
        let entry = index.shards.first(where: { $0.split == .train }),
        let shard = try? Shard(path: "\(folder)/\(entry.file)")
      else { return nil }
      let counts = index.counts(.train)
      let length = shard.description.maximumLength
      return CorpusPacking(
        corpus: corpus, sequences: counts.sequences, tokens: counts.tokens, maximumLength: length,
        paddingShare: counts.paddingShare(maximumLength: length),
        trainingPaddingShare: metrics.padding[corpus]?.share)
    }
  }
}
