internal import Kosmos
internal import Pipelines
internal import Tokenization
internal import Training

extension PipelineConfiguration {
  /// How the pipeline says to train.
  var trainingConfiguration: TrainingConfiguration {
    TrainingConfiguration(
      seed: seed, steps: train.steps, warmupSteps: train.warmUpSteps,
      learningRate: train.learningRate, adam: AdamConstants(weightDecay: train.weightDecay),
      clipNorm: train.clipNorm, attention: train.attention.training,
      tokensPerStep: train.tokensPerStep,
      mixture: PerCorpus(
        interleaved: train.mixture.interleaved, pairs: train.mixture.pairs,
        text: train.mixture.text, instructions: train.mixture.instructions),
      sequencesPerStep: train.sequencesPerStep.isOn ? train.sequencesPerStep.perCorpus : nil,
      microBatchTokens: train.microBatchTokens, readers: train.readers,
      precision: Precision(train.precision), recompute: Recomputation(train.recompute),
      validateEvery: train.validateEvery, validationSequences: train.validationSequences,
      checkpointEvery: train.checkpointEvery,
      keepCheckpoints: train.keepCheckpoints)
  }

  /// The shape of the model that the pipeline describes, around a tokenizer and an encoder.
  func modelConfiguration(
    vision: VisionConfiguration, tokenizer: String
  ) throws -> KosmosConfiguration {
    let vocabulary = try Tokenizer(modelPath: tokenizer).vocabulary
    let model = train.model
    let configuration = KosmosConfiguration(
      vision: vision,
      connector: ConnectorConfiguration(kind: model.connectorKind, latents: ShardStage.latents),
      decoder: DecoderConfiguration(
        vocabularySize: vocabulary.size, width: model.width, layers: model.layers,
        heads: model.heads, feedForwardWidth: model.feedForwardWidth,
        maximumLength: shard.maximumLength, positions: .xPos(scaleBase: model.xPosScaleBase),
        dropout: model.dropout))
    try configuration.validate()
    return configuration
  }
}

extension SequencesConfiguration {
  /// The same as the trainer names it.
  fileprivate var perCorpus: PerCorpus<Int> {
    PerCorpus(interleaved: interleaved, pairs: pairs, text: text, instructions: instructions)
  }
}

extension ModelConfiguration {
  /// The connector and its depth.
  fileprivate var connectorKind: ConnectorConfiguration.Kind {
    switch connector {
    case .kosmos: .kosmos
    case .flamingo: .flamingo(depth: resamplerDepth)
    }
  }
}

extension Precision {
  fileprivate init(_ precision: PrecisionConfiguration) {
    switch precision {
    case .float32: self = .float32
    case .bfloat16: self = .bfloat16
    }
  }
}

extension Recomputation {
  fileprivate init(_ recompute: RecomputeConfiguration) {
    switch recompute {
    case .none: self = .none
    case .blocks: self = .blocks
    }
  }
}

extension TrainConfiguration.Attention {
  /// The same as the trainer names it.
  fileprivate var training: TrainingConfiguration.Attention {
    switch self {
    case .causal: .causal
    case .documents: .documents
    }
  }
}
