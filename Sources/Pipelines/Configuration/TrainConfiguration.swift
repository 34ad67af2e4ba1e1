/// Which model is trained, and how.
///
/// The defaults are KOSMOS-1's (Tables 17 and 18 of the paper, where they are known), at a scale that
/// the model's own keys set.
public struct TrainConfiguration: Hashable, Sendable, Codable {
  /// How many optimiser steps to take; 0 trains nothing.
  public var steps = 0
  /// The shape of the language model.
  public var model = ModelConfiguration()
  /// The tokens of a step, all corpora together; KOSMOS-1 has 1.2 million.
  public var tokensPerStep = 1_258_291
  /// The corpora's shares of a step's tokens.
  public var mixture = MixtureConfiguration()
  /// The sequences of each corpus in a step, instead of ``tokensPerStep`` and ``mixture``; not used where
  /// all are 0.
  public var sequencesPerStep = SequencesConfiguration()
  /// The most positions of one forward pass, padding included; a step is as many passes as it needs.
  public var microBatchTokens = 8192
  /// Which positions of a packed sequence a position looks back at.
  public var attention = Attention.causal
  /// The threads that read and lay out micro-batches ahead; no result depends on their number.
  public var readers = 1
  /// What matrix products and attention are computed in.
  public var precision = PrecisionConfiguration.float32
  /// What the backward pass computes again to save memory.
  public var recompute = RecomputeConfiguration.none
  /// The highest learning rate.
  public var learningRate = 2e-4
  /// Steps of linear warm-up; the rate then falls linearly to 0 at the last step.
  public var warmUpSteps = 375
  /// Decoupled weight decay, on all parameters as fairseq applies it.
  public var weightDecay = 0.01
  /// The largest global norm of the gradient.
  public var clipNorm = 2.0
  /// The most sequences of each corpus that a validation reads.
  public var validationSequences = 64
  /// Steps between two validations.
  public var validateEvery = 100
  /// Steps between two checkpoints.
  public var checkpointEvery = 100
  /// How many checkpoints are kept.
  public var keepCheckpoints = 2

  /// Which positions of a packed sequence a position looks back at.
  public enum Attention: String, Hashable, Sendable, Codable, CaseIterable {
    /// All of them, across documents, as KOSMOS-2's released code has it.
    case causal
    /// Those of its own document; `<s>` belongs to the first.
    case documents
  }

  /// Makes a configuration of defaults.
  public init() {}
}

/// What matrix products and attention are computed in; all else is `float32`.
public enum PrecisionConfiguration: String, Hashable, Sendable, Codable {
  /// Single precision.
  case float32
  /// Brain floating point, where the device has instructions for it.
  case bfloat16
}

/// What the backward pass computes again to save memory.
public enum RecomputeConfiguration: String, Hashable, Sendable, Codable {
  /// Nothing.
  case none
  /// The blocks of the language model.
  case blocks
}

/// What makes the model's vectors of an image.
public enum ConnectorName: String, Hashable, Sendable, Codable {
  /// KOSMOS-1's connector: one cross-attention.
  case kosmos
  /// Flamingo's resampler.
  case flamingo
}

/// The shape of the language model: a MAGNETO decoder.
public struct ModelConfiguration: Hashable, Sendable, Codable {
  /// The number of layers.
  public var layers = 24
  /// The width.
  public var width = 2048
  /// The number of attention heads.
  public var heads = 32
  /// The width of the feed-forward layers.
  public var feedForwardWidth = 8192
  /// The dropout of embeddings, attention and feed-forward outputs.
  public var dropout = 0.1
  /// What makes the model's vectors of an image.
  public var connector = ConnectorName.kosmos
  /// The layers of Flamingo's resampler, where the connector is that.
  public var resamplerDepth = 6
  /// The scale base of xPos; KOSMOS-1's 512 at 2,048 tokens, a half of the length for short training.
  public var xPosScaleBase = 512.0

  /// Makes a configuration of defaults.
  public init() {}
}

/// The corpora's shares of a step's tokens, up to one factor; those of KOSMOS-1 (§3.2).
public struct MixtureConfiguration: Hashable, Sendable, Codable {
  /// The share of text.
  public var text = 0.5
  /// The share of image-caption pairs.
  public var pairs = 0.5
  /// The share of interleaved documents.
  public var interleaved = 0.2
  /// The share of instructions.
  public var instructions = 0.0

  /// Makes a configuration of defaults.
  public init() {}
}

/// The sequences of each corpus in a step; those of KOSMOS-1's instruction tuning are 256 of instructions, 32
/// of text, 768 of image-caption pairs and 16 of interleaved documents (Table 19).
public struct SequencesConfiguration: Hashable, Sendable, Codable {
  /// The sequences of text.
  public var text = 0
  /// The image-caption pairs.
  public var pairs = 0
  /// The sequences of interleaved documents.
  public var interleaved = 0
  /// The examples of instructions.
  public var instructions = 0

  /// Makes a configuration of defaults.
  public init() {}

  /// Whether any corpus has a sequence.
  public var isOn: Bool { text + pairs + interleaved + instructions > 0 }
}
