public import Tensors

// Shape suffixes: N images, P tokens of an image, L latents, S both of them, F the width of the features,
// C the decoder's width, H heads, D the width of a head.

/// Cross-attention of one layer of Flamingo's resampler: latents look at the features and at themselves.
private struct PerceiverAttention {
  static let heads = 8
  static let headWidth = 64

  let featureNorm: LayerNorm
  let latentNorm: LayerNorm
  let query: Linear
  let keyAndValue: Linear
  let output: Linear

  init(_ scope: ParameterScope, width: Int) throws(ParameterError) {
    featureNorm = try LayerNorm(scope.scope("norm_media"), width: width)
    latentNorm = try LayerNorm(scope.scope("norm_latents"), width: width)
    let inner = Self.heads * Self.headWidth
    query = try .withoutBias(scope.scope("to_q"), inputs: width, outputs: inner)
    keyAndValue = try .withoutBias(scope.scope("to_kv"), inputs: width, outputs: 2 * inner)
    output = try .withoutBias(scope.scope("to_out"), inputs: inner, outputs: width)
  }

  func callAsFunction(_ features_NPF: Tensor, _ latents_NLF: Tensor) -> Tensor {
    let (count, inner) = (latents_NLF.shape[0], Self.heads * Self.headWidth)
    func split(_ x: Tensor) -> Tensor {
      x.reshaped([count, x.shape[1], Self.heads, Self.headWidth]).transposed(1, 2)
    }
    let normed_NLF = latentNorm(latents_NLF)
    let context_NSF = Tensor.concatenated([featureNorm(features_NPF), normed_NLF], along: 1)
    let both = keyAndValue(context_NSF)
    let y_NHLD = split(query(normed_NLF)).attention(
      key: split(both.slice(0..<inner, of: -1)), value: split(both.slice(inner..<2 * inner, of: -1))
    )
    return output(y_NHLD.transposed(1, 2).reshaped([count, latents_NLF.shape[1], inner]))
  }
}

/// The feed-forward network of a layer, with a norm before it.
private struct PerceiverFeedForward {
  let norm: LayerNorm
  let first: Linear
  let second: Linear

  /// The names are places in OpenFlamingo's list of modules; the third is the activation.
  init(_ scope: ParameterScope, width: Int) throws(ParameterError) {
    norm = try LayerNorm(scope.scope("0"), width: width)
    first = try .withoutBias(scope.scope("1"), inputs: width, outputs: 4 * width)
    second = try .withoutBias(scope.scope("3"), inputs: 4 * width, outputs: width)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { second(first(norm(x)).gelu()) }
}

/// Flamingo's Perceiver resampler (Alayrac and others 2022, §2.1) followed by a linear layer to the decoder's
/// width: the ablation of ``KosmosConnector``.
///
/// The mathematics is that of OpenFlamingo's `PerceiverResampler` for one image without embeddings of time:
/// exact GELU where the paper has a squared ReLU, and heads of width 64, eight of them. Flamingo itself has
/// no linear layer after it, since it hands latents to cross-attention of its own.
public struct FlamingoResampler {
  let latents: Tensor
  private let layers: [(attention: PerceiverAttention, feedForward: PerceiverFeedForward)]
  let norm: LayerNorm
  let output: Linear

  /// Makes the parameters: OpenFlamingo's names under `perceiver.`, drawn as it draws them, and `dense`.
  ///
  /// - Parameters:
  ///   - latents: How many vectors an image becomes.
  ///   - depth: The number of layers.
  ///   - features: The width of the features and of all layers.
  ///   - width: The decoder's width.
  public init(
    _ scope: ParameterScope, latents: Int, depth: Int, features: Int, width: Int
  ) throws(ParameterError) {
    let perceiver = scope.scope("perceiver")
    self.latents = try perceiver.parameter(
      "latents", [latents, features], .normal(standardDeviation: 1))
    var layers: [(attention: PerceiverAttention, feedForward: PerceiverFeedForward)] = []
    for layer in 0..<depth {
      let scope = perceiver.scope("layers.\(layer)")
      layers.append(
        (
          try PerceiverAttention(scope.scope("0"), width: features),
          try PerceiverFeedForward(scope.scope("1"), width: features)
        ))
    }
    self.layers = layers
    norm = try LayerNorm(perceiver.scope("norm"), width: features)
    output = try Linear(
      scope.scope("dense"), inputs: features, outputs: width,
      weight: .linearDefault(inputs: features), bias: .linearDefault(inputs: features))
  }

  /// Turns features [N, P, F] into vectors for the decoder, [N, L, C].
  public func callAsFunction(_ features_NPF: Tensor) -> Tensor { output(resample(features_NPF)) }

  /// Turns features [N, P, F] into latents of their width, [N, L, F]: what OpenFlamingo's module gives.
  public func resample(_ features_NPF: Tensor) -> Tensor {
    let shape = latents.shape
    let start_NLF = latents.expanded([features_NPF.shape[0], shape[0], shape[1]])
    let end_NLF = layers.reduce(start_NLF) { latents_NLF, layer in
      let attended_NLF = latents_NLF + layer.attention(features_NPF, latents_NLF)
      return attended_NLF + layer.feedForward(attended_NLF)
    }
    return norm(end_NLF)
  }
}

extension Linear {
  /// A layer without a bias, with PyTorch's default weights.
  fileprivate static func withoutBias(
    _ scope: ParameterScope, inputs: Int, outputs: Int
  ) throws(ParameterError) -> Linear {
    try Linear(
      scope, inputs: inputs, outputs: outputs, weight: .linearDefault(inputs: inputs), bias: nil)
  }
}
