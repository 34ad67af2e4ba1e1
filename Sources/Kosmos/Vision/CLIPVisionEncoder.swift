public import Tensors

// Shape suffixes: N images, S their side, P tokens of an image, C the width, H heads, D the width of a
// head.

/// Self-attention of all tokens of an image with each other.
struct CLIPAttention {
  let key: Linear
  let value: Linear
  let query: Linear
  let output: Linear
  let heads: Int

  init(_ scope: ParameterScope, _ configuration: VisionConfiguration) throws(ParameterError) {
    let width = configuration.width
    func linear(_ name: String, _ deviation: Double) throws(ParameterError) -> Linear {
      try Linear(
        scope.scope(name), inputs: width, outputs: width,
        weight: .normal(standardDeviation: deviation), bias: .zeros)
    }
    key = try linear("k_proj", configuration.inputDeviation)
    value = try linear("v_proj", configuration.inputDeviation)
    query = try linear("q_proj", configuration.inputDeviation)
    output = try linear("out_proj", configuration.outputDeviation)
    heads = configuration.heads
  }

  func callAsFunction(_ x_NPC: Tensor) -> Tensor {
    let shape = x_NPC.shape
    func split(_ projected_NPC: Tensor) -> Tensor {
      projected_NPC.reshaped([shape[0], shape[1], heads, shape[2] / heads]).transposed(1, 2)
    }
    let y_NHPD = split(query(x_NPC)).attention(key: split(key(x_NPC)), value: split(value(x_NPC)))
    return output(y_NHPD.transposed(1, 2).reshaped(shape))
  }
}

/// The feed-forward network of a block.
struct CLIPMLP {
  let first: Linear
  let second: Linear
  let activation: VisionConfiguration.Activation

  init(_ scope: ParameterScope, _ configuration: VisionConfiguration) throws(ParameterError) {
    let (width, inner) = (configuration.width, configuration.feedForwardWidth)
    first = try Linear(
      scope.scope("fc1"), inputs: width, outputs: inner,
      weight: .normal(standardDeviation: 1 / Double(2 * width).squareRoot()), bias: .zeros)
    second = try Linear(
      scope.scope("fc2"), inputs: inner, outputs: width,
      weight: .normal(standardDeviation: configuration.inputDeviation), bias: .zeros)
    activation = configuration.activation
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let inner = first(x)
    switch activation {
    case .gelu: return second(inner.gelu())
    case .quickGELU: return second(inner * (inner * 1.702).sigmoid())
    }
  }
}

/// One block: attention and MLP, each with a norm before it and around it a residual.
struct CLIPBlock {
  let attention: CLIPAttention
  let attentionNorm: LayerNorm
  let mlp: CLIPMLP
  let mlpNorm: LayerNorm

  init(_ scope: ParameterScope, _ configuration: VisionConfiguration) throws(ParameterError) {
    attention = try CLIPAttention(scope.scope("self_attn"), configuration)
    attentionNorm = try LayerNorm(scope.scope("layer_norm1"), width: configuration.width)
    mlp = try CLIPMLP(scope.scope("mlp"), configuration)
    mlpNorm = try LayerNorm(scope.scope("layer_norm2"), width: configuration.width)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let attended = x + attention(attentionNorm(x))
    return attended + mlp(mlpNorm(attended))
  }
}

/// CLIP's vision transformer (Radford and others 2021), cut where KOSMOS-1's training begins: before its last
/// block.
public struct CLIPVisionEncoder {
  /// The shape.
  public let configuration: VisionConfiguration
  let classEmbedding: Tensor
  let patchEmbedding: Tensor
  let positionEmbedding: Tensor
  let inputNorm: LayerNorm
  let blocks: [CLIPBlock]
  let outputNorm: LayerNorm

  /// Makes the encoder's parameters, by Hugging Face's names.
  ///
  /// - Parameter training: Which of them training changes.
  public init(
    _ scope: ParameterScope, _ configuration: VisionConfiguration,
    training: KosmosConfiguration.VisionTraining = .none
  ) throws(ParameterError) {
    self.configuration = configuration
    let width = configuration.width
    let prefix = scope.frozen(training != .all)
    let suffix = scope.frozen(training == .none)
    let embeddings = prefix.scope("embeddings")
    classEmbedding = try embeddings.parameter(
      "class_embedding", [width], .normal(standardDeviation: 1 / Double(width).squareRoot()))
    patchEmbedding = try embeddings.parameter(
      "patch_embedding.weight", [width, 3, configuration.patchSize, configuration.patchSize],
      .normal(standardDeviation: 0.02))
    positionEmbedding = try embeddings.parameter(
      "position_embedding.weight", [configuration.tokenCount, width],
      .normal(standardDeviation: 0.02))
    // The checkpoints' spelling.
    inputNorm = try LayerNorm(prefix.scope("pre_layrnorm"), width: width)
    var blocks: [CLIPBlock] = []
    for layer in 0..<configuration.layers {
      let scope = layer == configuration.layers - 1 ? suffix : prefix
      blocks.append(try CLIPBlock(scope.scope("encoder.layers.\(layer)"), configuration))
    }
    self.blocks = blocks
    outputNorm = try LayerNorm(suffix.scope("post_layernorm"), width: width)
  }

  /// The residual stream before the last block, which training with a frozen prefix leaves as it is.
  ///
  /// - Parameter pixels_N3SS: Normalised images, `float32`.
  /// - Returns: [N, P, C].
  public func frozenPrefix(_ pixels_N3SS: Tensor) -> Tensor {
    blocks.dropLast().reduce(embed(pixels_N3SS)) { x, block in block(x) }
  }

  /// The features of images from the residual stream before the last block: that block, the last norm over
  /// all tokens, and each token scaled to length 1.
  ///
  /// - Returns: [N, P, C].
  public func suffix(_ prefix_NPC: Tensor) -> Tensor {
    let output = blocks[blocks.count - 1](prefix_NPC)
    return outputNorm(output).normalized()
  }

  /// The features of images, [N, P, C].
  public func features(_ pixels_N3SS: Tensor) -> Tensor { suffix(frozenPrefix(pixels_N3SS)) }

  /// The residual stream before each block and after the last, each [N, P, C].
  public func hiddenStates(_ pixels_N3SS: Tensor) -> [Tensor] {
    blocks.reduce(into: [embed(pixels_N3SS)]) { states, block in
      states.append(block(states[states.count - 1]))
    }
  }

  private func embed(_ pixels_N3SS: Tensor) -> Tensor {
    let patches = pixels_N3SS.convolution2D(patchEmbedding, stride: configuration.patchSize)
    let count = patches.shape[0]
    let patches_NPC = patches.reshaped([count, configuration.width, -1]).transposed(1, 2)
    let first_N1C = classEmbedding.expanded([count, 1, configuration.width])
    return inputNorm(.concatenated([first_N1C, patches_NPC], along: 1) + positionEmbedding)
  }
}

extension VisionConfiguration {
  /// The standard deviation of new weights that read the residual stream, as CLIP draws them.
  var inputDeviation: Double { outputDeviation / Double(2 * layers).squareRoot() }
  /// The standard deviation of new weights of attention's output.
  var outputDeviation: Double { 1 / Double(width).squareRoot() }
}
