public import Documents
public import ImageDecoding
public import Kosmos

/// The file `state.json` of a checkpoint: all that a run needs to go on, but for tensors.
///
/// There is no state of a random generator in it: the order of sequences and dropout are functions of
/// the seed and the number of the step.
public struct CheckpointState: Hashable, Sendable, Codable {
  /// The name of the format.
  public static let format = "weft-checkpoint"
  /// The version of the format.
  public static let version = 1

  /// The name of the format, for whoever finds the file.
  public private(set) var format = CheckpointState.format
  /// The version of the format.
  public private(set) var version = CheckpointState.version
  /// How many steps were done.
  public var step: Int
  /// How the model is trained.
  public var training: TrainingConfiguration
  /// The model's shape.
  public var model: KosmosConfiguration
  /// A digest of the shards the run reads.
  public var shards: Digest
  /// The digest of the tokenizer, which lies beside this file.
  public var tokenizer: Digest
  /// The digest of the CLIP weights that the features were made with; the model holds them.
  public var visionWeights: Digest
  /// How images are prepared for the encoder.
  public var preprocessing: CLIPPreprocessing
  /// The digest of the model file that the training began with; `nil` where it began with random weights.
  public var base: Digest?

  /// Makes a state from its parts.
  public init(
    step: Int, training: TrainingConfiguration, model: KosmosConfiguration, shards: Digest,
    tokenizer: Digest, visionWeights: Digest, preprocessing: CLIPPreprocessing,
    base: Digest? = nil
  ) {
    self.step = step
    self.training = training
    self.model = model
    self.shards = shards
    self.tokenizer = tokenizer
    self.visionWeights = visionWeights
    self.preprocessing = preprocessing
    self.base = base
  }
}
