internal import Documents
public import ImageDecoding

/// The finished run that another training begins with: its shards of the crawled corpora and its model.
public struct TrainingBase: Hashable, Sendable {
  /// The directory that holds one of shards for each crawled corpus, under the corpus's name.
  public var shards: String
  /// The checkpoint whose weights are gone on from, with a new optimiser and from step 0 on.
  public var checkpoint: Checkpoint

  /// Names the directory and the checkpoint.
  public init(shards: String, checkpoint: Checkpoint) {
    self.shards = shards
    self.checkpoint = checkpoint
  }
}

/// The files that a training run reads and the directories it writes into.
public struct TrainingInputs: Hashable, Sendable {
  /// The directory that holds one of shards for each corpus, under the corpus's name.
  public var shards: String
  /// The SentencePiece model that the shards were made with.
  public var tokenizer: String
  /// The safetensors file of CLIP weights that the shards' features were made with.
  public var visionWeights: String
  /// How images were prepared for the encoder.
  public var preprocessing: CLIPPreprocessing
  /// The directory for checkpoints.
  public var checkpoints: String
  /// The directory for `metrics.jsonl` and TensorBoard's event files.
  public var metrics: String
  /// What the training begins with; a model of random weights and the run's own shards where it is `nil`.
  public var base: TrainingBase?

  /// Names the files and directories.
  public init(
    shards: String, tokenizer: String, visionWeights: String, preprocessing: CLIPPreprocessing,
    checkpoints: String, metrics: String, base: TrainingBase? = nil
  ) {
    self.shards = shards
    self.tokenizer = tokenizer
    self.visionWeights = visionWeights
    self.preprocessing = preprocessing
    self.checkpoints = checkpoints
    self.metrics = metrics
    self.base = base
  }

  /// The directory of each corpus's shards.
  var shardDirectories: PerCorpus<String> {
    PerCorpus { corpus in
      let own = corpus == .instructions ? shards : base?.shards ?? shards
      return "\(own)/\(corpus.rawValue)"
    }
  }
}
