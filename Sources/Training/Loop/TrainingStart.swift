internal import Documents
internal import Hashing
internal import ImageDecoding
internal import Kosmos
internal import Safetensors
internal import Sharding
internal import Storage
internal import Tensors
internal import Tokenization

/// What a run begins with, checked: no work is done before all of it fits together.
struct TrainingStart {
  /// The files and directories.
  let inputs: TrainingInputs
  /// The shards.
  let data: TrainingData
  /// The sequences of each step; `nil` for a corpus outside the mixture.
  let orders: PerCorpus<BatchOrder?>
  /// The state of the run before its first step.
  let state: CheckpointState
  /// The bytes of the tokenizer, which each checkpoint holds a copy of.
  let tokenizer: [UInt8]
  /// The checkpoint the run goes on from; `nil` for a new run.
  let checkpoint: Checkpoint?

  init(
    _ configuration: TrainingConfiguration, _ model: KosmosConfiguration, _ inputs: TrainingInputs
  ) throws {
    try configuration.validate()
    try model.validate()
    self.inputs = inputs
    data = try TrainingData(
      directories: inputs.shardDirectories, corpora: configuration.corpora)
    try model.requireFit(data.description, inputs.preprocessing)
    tokenizer = try FileSystem.read(inputs.tokenizer, limit: Tokenizer.modelLimit)
    state = CheckpointState(
      step: 0, training: configuration, model: model, shards: data.digest,
      tokenizer: Digest(of: tokenizer), visionWeights: try Digest(ofFile: inputs.visionWeights),
      preprocessing: inputs.preprocessing,
      base: try inputs.base.map { try Digest(ofFile: $0.checkpoint.model) })
    try inputs.base?.requireFit(state)
    for set in Corpus.allCases.compactMap({ [data] in data.train[$0] }) {
      try set.require(tokenizer: state.tokenizer, encoder: state.visionWeights)
    }
    orders = data.orders(configuration)
    checkpoint = try Checkpoint.all(in: inputs.checkpoints).last
    if let checkpoint {
      try CheckpointState(path: checkpoint.state).requireMatch(state, path: checkpoint.path)
    }
  }

  /// The model as the checkpoint has it, or that of the run it begins with, or a new one around the given vision encoder.
  func model(on device: Device) throws -> KosmosModel {
    if let begun = checkpoint ?? inputs.base?.checkpoint { return try begun.readModel(on: device) }
    return try KosmosModel(
      state.model, seed: state.training.seed,
      vision: try SafetensorsFile(path: inputs.visionWeights), device: device)
  }
}

extension TrainingBase {
  /// Checks that the model of another run can be gone on with.
  fileprivate func requireFit(_ state: CheckpointState) throws {
    let own = try CheckpointState(path: checkpoint.state)
    let facts = [
      ("the tokenizer", own.tokenizer == state.tokenizer),
      ("the encoder", own.visionWeights == state.visionWeights),
      ("the preprocessing", own.preprocessing == state.preprocessing),
      ("the shape", own.model == state.model),
    ]
    for (name, agrees) in facts where !agrees {
      throw TrainingError(
        .mismatchedCheckpoint,
        "the checkpoint '\(checkpoint.path)', which training is to begin with, has not \(name) of this"
          + " run; use the one it was made with")
    }
  }
}

extension KosmosConfiguration {
  /// Checks that a model can be trained on shards of a kind.
  fileprivate func requireFit(
    _ shards: ShardDescription, _ preprocessing: CLIPPreprocessing
  ) throws(TrainingError) {
    let facts: [(key: String, model: Int, shards: Int)] = [
      ("decoder.vocabularySize", decoder.vocabularySize, shards.vocabularySize),
      ("connector.latents", connector.latents, shards.latents),
      ("vision.tokenCount", vision.tokenCount, shards.featureTokens),
      ("vision.width", vision.width, shards.featureWidth),
    ]
    for fact in facts where fact.model != fact.shards {
      throw TrainingError(
        .mismatchedShards,
        "the model's '\(fact.key)' is \(fact.model), but the shards were made for \(fact.shards);"
          + " set it so, or make the shards again")
    }
    guard decoder.maximumLength >= shards.maximumLength else {
      throw TrainingError(
        .mismatchedShards,
        "the model's 'decoder.maximumLength' is \(decoder.maximumLength), but sequences of the shards"
          + " have up to \(shards.maximumLength) tokens; set it so, or make the shards again")
    }
    guard visionTraining != .all else {
      throw TrainingError(
        .mismatchedShards,
        "the model's 'visionTraining' is 'all', but shards hold what the frozen part of the encoder"
          + " made of images; set it to 'lastBlock' or 'none'")
    }
    guard preprocessing.size == vision.imageSize else {
      throw TrainingError(
        .mismatchedShards,
        "images are prepared at \(preprocessing.size) pixels, but the model's 'vision.imageSize' is"
          + " \(vision.imageSize); set both to the size the features were made at")
    }
  }
}

extension TrainingData {
  /// The sequences of each step of a run.
  fileprivate func orders(_ configuration: TrainingConfiguration) -> PerCorpus<BatchOrder?> {
    let sequences =
      configuration.sequencesPerStep
      ?? mixture(tokens: configuration.tokensPerStep, weights: configuration.mixture).sequences
    return PerCorpus { corpus in
      train[corpus].map { set in
        BatchOrder(
          order: SequenceOrder(
            count: set.count,
            seed: SeededHash.value(
              seed: configuration.seed, salt: "sequence-order", id: corpus.rawValue.utf8)),
          sequencesPerStep: sequences[corpus])
      }
    }
  }
}
