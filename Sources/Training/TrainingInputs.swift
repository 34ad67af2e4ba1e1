public import ImageDecoding

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

  /// Names the files and directories.
  public init(
    shards: String, tokenizer: String, visionWeights: String, preprocessing: CLIPPreprocessing,
    checkpoints: String, metrics: String
  ) {
    self.shards = shards
    self.tokenizer = tokenizer
    self.visionWeights = visionWeights
    self.preprocessing = preprocessing
    self.checkpoints = checkpoints
    self.metrics = metrics
  }
}
