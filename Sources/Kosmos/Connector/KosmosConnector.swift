public import Tensors

// Shape suffixes: N images, P tokens of an image, L latents, C the decoder's width, H heads, D the width
// of a head.

/// KOSMOS-1's connector, called XConnector in the released code: latents that look at an image's features.
///
/// One linear layer to the decoder's width and one cross-attention from learnt latents to the features
/// followed by the latents themselves; no norm, residual or feed-forward network.
public struct KosmosConnector {
  /// The shape.
  public let configuration: ConnectorConfiguration
  let latents: Tensor
  let input: Linear
  let key: Linear
  let value: Linear
  let query: Linear
  let output: Linear
  let heads: Int

  /// Makes the connector's parameters, by Hugging Face's names and drawn as fairseq's attention draws them.
  ///
  /// - Parameters:
  ///   - features: The width of the features.
  ///   - width: The decoder's width.
  ///   - heads: The decoder's heads.
  public init(
    _ scope: ParameterScope, _ configuration: ConnectorConfiguration, features: Int, width: Int,
    heads: Int
  ) throws(ParameterError) {
    self.configuration = configuration
    self.heads = heads
    latents = try scope.parameter(
      "latent_query", [configuration.latents, width], .normal(standardDeviation: 1))
    input = try Linear(
      scope.scope("dense"), inputs: features, outputs: width,
      weight: .linearDefault(inputs: features), bias: .linearDefault(inputs: features))
    let attention = scope.scope("x_attn")
    func linear(
      _ name: String, gain: Double, bias: Initializer
    ) throws(ParameterError) -> Linear {
      try Linear(
        attention.scope(name), inputs: width, outputs: width,
        weight: .xavierUniform([width, width], gain: gain), bias: bias)
    }
    let gain = 0.5.squareRoot()
    key = try linear("k_proj", gain: gain, bias: .linearDefault(inputs: width))
    value = try linear("v_proj", gain: gain, bias: .linearDefault(inputs: width))
    query = try linear("q_proj", gain: gain, bias: .linearDefault(inputs: width))
    output = try linear("out_proj", gain: 1, bias: .zeros)
  }

  /// Turns features [N, P, features] into vectors for the decoder, [N, L, C].
  ///
  /// - Parameter training: Draws dropout; `nil` for none.
  public func callAsFunction(_ features_NPF: Tensor, training: Generator? = nil) -> Tensor {
    let projected_NPC = input(features_NPF)
    let (count, width) = (projected_NPC.shape[0], projected_NPC.shape[2])
    let latents_NLC = latents.expanded([count, configuration.latents, width])
    let context_NSC = Tensor.concatenated([projected_NPC, latents_NLC], along: 1)
    func split(_ x: Tensor) -> Tensor {
      x.reshaped([count, x.shape[1], heads, width / heads]).transposed(1, 2)
    }
    let dropout = Dropout(probability: configuration.attentionDropout, generator: training)
    let y_NHLD = AttentionMask.none.attend(
      split(query(latents_NLC)), split(key(context_NSC)), split(value(context_NSC)),
      dropout: dropout)
    return output(y_NHLD.transposed(1, 2).reshaped([count, configuration.latents, width]))
  }
}
