public import Documents

/// All that decides how a model is trained on given shards.
///
/// The defaults are KOSMOS-1's (arXiv 2302.14045, §3.2, table 18) and, where the paper is silent, those
/// of the released KOSMOS-2 training script. Two runs of one configuration on the same shards with the
/// same threads give the same bits on the CPU.
public struct TrainingConfiguration: Hashable, Sendable, Codable {
  /// What the loss of a step is a mean of.
  public enum LossMean: String, Hashable, Sendable, Codable, CaseIterable {
    /// All targets of the mixture, as fairseq has it: long texts weigh more than captions.
    case targets
    /// The corpora's means, each corpus alike.
    case corpora
  }

  /// Which positions of a packed sequence a position looks back at.
  public enum Attention: String, Hashable, Sendable, Codable, CaseIterable {
    /// All of them, across documents, as KOSMOS-2's released code has it.
    case causal
    /// Those of its own document; `<s>` belongs to the first.
    case documents
  }

  /// The seed of the order of sequences and of dropout.
  public var seed: UInt64
  /// The number of steps.
  public var steps: Int
  /// The steps in which the learning rate rises.
  public var warmupSteps: Int
  /// The highest learning rate.
  public var learningRate: Double
  /// AdamW's constants.
  public var adam: AdamConstants
  /// The largest norm of all gradients together; longer gradients are scaled down to it.
  public var clipNorm: Double
  /// What the loss of a step is a mean of.
  public var lossMean: LossMean
  /// Which positions of a packed sequence a position looks back at.
  public var attention: Attention
  /// The tokens of a step, all corpora together.
  public var tokensPerStep: Int
  /// The corpora's shares of a step's tokens, up to one factor; 0 leaves a corpus out.
  public var mixture: PerCorpus<Double>
  /// The sequences of each corpus in a step, instead of ``tokensPerStep`` and ``mixture``, which then say
  /// nothing; 0 leaves a corpus out.
  public var sequencesPerStep: PerCorpus<Int>?
  /// The most positions of one forward pass, padding included; a step is as many passes as it needs.
  public var microBatchTokens: Int
  /// The threads that read and lay out micro-batches ahead; no result depends on their number.
  public var readers: Int
  /// What matrix products and attention are computed in.
  public var precision: Precision
  /// What the backward pass computes again; it changes no bit of the result.
  public var recompute: Recomputation
  /// The steps between two validations; 0 validates at the end only.
  public var validateEvery: Int
  /// The most sequences of each corpus a validation reads.
  public var validationSequences: Int
  /// The steps between two checkpoints; 0 keeps one at the end only.
  public var checkpointEvery: Int
  /// How many of the latest checkpoints are kept.
  public var keepCheckpoints: Int

  /// Makes a configuration from its parts.
  public init(
    seed: UInt64 = 1, steps: Int = 300_000, warmupSteps: Int = 375, learningRate: Double = 2e-4,
    adam: AdamConstants = AdamConstants(), clipNorm: Double = 2, lossMean: LossMean = .targets,
    attention: Attention = .causal, tokensPerStep: Int = 1_258_291,
    mixture: PerCorpus<Double> = Mixture.paperWeights, sequencesPerStep: PerCorpus<Int>? = nil,
    microBatchTokens: Int = 8192,
    readers: Int = 1, precision: Precision = .float32, recompute: Recomputation = .none,
    validateEvery: Int = 1000, validationSequences: Int = 64,
    checkpointEvery: Int = 1000, keepCheckpoints: Int = 2
  ) {
    self.seed = seed
    self.steps = steps
    self.warmupSteps = warmupSteps
    self.learningRate = learningRate
    self.adam = adam
    self.clipNorm = clipNorm
    self.lossMean = lossMean
    self.attention = attention
    self.tokensPerStep = tokensPerStep
    self.mixture = mixture
    self.sequencesPerStep = sequencesPerStep
    self.microBatchTokens = microBatchTokens
    self.readers = readers
    self.precision = precision
    self.recompute = recompute
    self.validateEvery = validateEvery
    self.validationSequences = validationSequences
    self.checkpointEvery = checkpointEvery
    self.keepCheckpoints = keepCheckpoints
  }

  /// The corpora that a step reads.
  public var corpora: [Corpus] {
    Corpus.allCases.filter { corpus in
      sequencesPerStep.map { $0[corpus] > 0 } ?? (mixture[corpus] > 0)
    }
  }

  /// The learning rate's course.
  public var schedule: LearningRateSchedule {
    LearningRateSchedule(peak: learningRate, warmup: warmupSteps, total: steps)
  }
}
