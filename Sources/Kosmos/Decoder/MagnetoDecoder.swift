public import Tensors

// Shape suffixes: B sequences, T new tokens, S keys (old and new tokens), C the width, H heads, D the
// width of a head, V the vocabulary.

/// What the blocks of one pass through a decoder share.
struct DecoderPass {
  /// Factors [T, 1, D] of the new tokens' positions; `nil` where the order is known otherwise.
  let rotation: (query: Tensor, key: Tensor)?
  let mask: AttentionMask
  let cache: DecoderCache?
  /// Dropout of residual branches.
  let dropout: Dropout
  let attentionDropout: Dropout
}

/// Self-attention with a norm between the heads and the output projection (Wang and others 2022, equation 1).
struct MagnetoAttention {
  let query: Linear
  let key: Linear
  let value: Linear
  let innerNorm: LayerNorm
  let output: Linear
  let heads: Int

  init(_ scope: ParameterScope, _ configuration: DecoderConfiguration) throws(ParameterError) {
    let width = configuration.width
    let plain = configuration.projection(inputs: width, outputs: width, gain: 1)
    let scaled = configuration.projection(inputs: width, outputs: width, gain: configuration.gain)
    func linear(
      _ name: String, _ initial: (weight: Initializer, bias: Initializer)
    ) throws(ParameterError) -> Linear {
      try Linear(
        scope.scope(name), inputs: width, outputs: width, weight: initial.weight, bias: initial.bias
      )
    }
    key = try linear("k_proj", plain)
    value = try linear("v_proj", scaled)
    query = try linear("q_proj", plain)
    innerNorm = try LayerNorm(scope.scope("inner_attn_ln"), width: width)
    output = try linear("out_proj", scaled)
    heads = configuration.heads
  }

  func callAsFunction(_ x_BTC: Tensor, _ pass: DecoderPass, layer: Int) -> Tensor {
    let shape = x_BTC.shape
    func split(_ projected_BTC: Tensor) -> Tensor {
      projected_BTC.reshaped([shape[0], shape[1], heads, shape[2] / heads])
    }
    let q_BHTD = rotated(split(query(x_BTC)), pass.rotation?.query).transposed(1, 2)
    var k_BHSD = rotated(split(key(x_BTC)), pass.rotation?.key).transposed(1, 2)
    var v_BHSD = split(value(x_BTC)).transposed(1, 2)
    if let cache = pass.cache {
      (k_BHSD, v_BHSD) = cache.append(k_BHSD, v_BHSD, layer: layer)
    }
    let y_BHTD = pass.mask.attend(q_BHTD, k_BHSD, v_BHSD, dropout: pass.attentionDropout)
    return output(innerNorm(y_BHTD.transposed(1, 2).reshaped(shape)))
  }

  /// The rotation is in `float32` whatever the type of the projections: narrower angles lose positions.
  private func rotated(_ x_BTHD: Tensor, _ factors: Tensor?) -> Tensor {
    guard let factors else { return x_BTHD }
    let type = x_BTHD.type
    return x_BTHD.converted(to: .float32).multiplyingPairs(factors).converted(to: type)
  }
}

/// The feed-forward network with a norm before its second layer (Wang and others 2022, equation 2).
struct MagnetoFeedForward {
  let first: Linear
  let norm: LayerNorm
  let second: Linear

  init(_ scope: ParameterScope, _ configuration: DecoderConfiguration) throws(ParameterError) {
    let (width, inner) = (configuration.width, configuration.feedForwardWidth)
    let up = configuration.projection(inputs: width, outputs: inner, gain: configuration.gain)
    let down = configuration.projection(inputs: inner, outputs: width, gain: configuration.gain)
    first = try Linear(
      scope.scope("fc1"), inputs: width, outputs: inner, weight: up.weight, bias: up.bias)
    second = try Linear(
      scope.scope("fc2"), inputs: inner, outputs: width, weight: down.weight, bias: down.bias)
    norm = try LayerNorm(scope.scope("ffn_layernorm"), width: inner)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { second(norm(first(x).gelu())) }
}

/// One block: attention and feed-forward network, each with a norm before it and around it a residual.
struct MagnetoBlock {
  let attentionNorm: LayerNorm
  let attention: MagnetoAttention
  let feedForwardNorm: LayerNorm
  let feedForward: MagnetoFeedForward

  init(_ scope: ParameterScope, _ configuration: DecoderConfiguration) throws(ParameterError) {
    let width = configuration.width
    attention = try MagnetoAttention(scope.scope("self_attn"), configuration)
    attentionNorm = try LayerNorm(scope.scope("self_attn_layer_norm"), width: width)
    feedForward = try MagnetoFeedForward(scope.scope("ffn"), configuration)
    // The checkpoints' name for the norm before the feed-forward network, not for the last one.
    feedForwardNorm = try LayerNorm(scope.scope("final_layer_norm"), width: width)
  }

  func callAsFunction(_ x: Tensor, _ pass: DecoderPass, layer: Int) -> Tensor {
    let attended = x + pass.dropout(attention(attentionNorm(x), pass, layer: layer))
    return attended + pass.dropout(feedForward(feedForwardNorm(attended)))
  }
}

/// KOSMOS-1's language model: a decoder with MAGNETO's norms and initialisation (Wang and others 2022),
/// xPos and tied embeddings.
public final class MagnetoDecoder {
  /// The shape.
  public let configuration: DecoderConfiguration
  let tokens: Embedding
  let blocks: [MagnetoBlock]
  let norm: LayerNorm
  /// Whether a backward pass computes the intermediate results of each block again instead of keeping them.
  ///
  /// The results are the same bits; a step takes a quarter to a third longer and less memory.
  public var recomputesBlocks = false
  /// Tables for as many positions as were met so far.
  var rotaryTable: RotaryFactors?
  var sinusoidalTable: SinusoidalPositions?

  /// Makes the decoder's parameters, by torchscale's and Hugging Face's names.
  public init(
    _ scope: ParameterScope, _ configuration: DecoderConfiguration
  ) throws(ParameterError) {
    configuration.requireSound()
    self.configuration = configuration
    tokens = try Embedding(
      scope.scope("embed_tokens"), vocabulary: configuration.vocabularySize,
      width: configuration.width,
      weight: .normalRows(
        standardDeviation: 1 / Double(configuration.width).squareRoot(),
        zeroRow: configuration.paddingToken))
    var blocks: [MagnetoBlock] = []
    for layer in 0..<configuration.layers {
      blocks.append(try MagnetoBlock(scope.scope("layers.\(layer)"), configuration))
    }
    self.blocks = blocks
    norm = try LayerNorm(scope.scope("layer_norm"), width: configuration.width)
  }

  /// The vectors of int64 tokens [B, T], not yet scaled: [B, T, C].
  public func embed(_ tokens_BT: Tensor) -> Tensor { tokens(tokens_BT) }

  /// The logits of the vocabulary for the decoder's output, by the table of embeddings.
  public func logits(_ hidden_BTC: Tensor) -> Tensor { tokens.logits(hidden_BTC) }

  /// Runs the blocks and the last norm.
  ///
  /// Without a cache and beyond ``DecoderConfiguration/maximumLength``, and with one at any length,
  /// attention is block-wise causal.
  ///
  /// - Parameters:
  ///   - embeddings_BTC: Vectors from ``embed(_:)``, some of them perhaps an image's; they are scaled here.
  ///   - padding: bool [B, T], true where a token is padding. Padding on the right needs none: it is never
  ///     looked at. With a cache there must be none.
  ///   - documents: int64 [B, T], the number of each token's document, where a token is to look at its own
  ///     document only; positions run on. With a cache there must be none.
  ///   - cache: What came before; the new tokens are added to it.
  ///   - training: Draws dropout; `nil` for none.
  /// - Returns: [B, T, C].
  public func callAsFunction(
    _ embeddings_BTC: Tensor, padding: Tensor? = nil, documents: Tensor? = nil,
    cache: DecoderCache? = nil, training: Generator? = nil
  ) -> Tensor {
    guard let cache else {
      return run(
        embeddings_BTC, padding: padding, documents: documents, cache: nil, training: training)
    }
    precondition(padding == nil, "a cache keeps no padding: give sequences of one length")
    precondition(documents == nil, "a cache is of one document: give it no numbers of documents")
    let outputs = chunks(of: embeddings_BTC.shape[1], after: cache).map { chunk in
      dropUnseen(cache, on: embeddings_BTC.device)
      return run(
        embeddings_BTC.slice(chunk, of: 1), padding: nil, documents: nil, cache: cache,
        training: training)
    }
    return outputs.count == 1 ? outputs[0] : .concatenated(outputs, along: 1)
  }

  private func run(
    _ embeddings_BTC: Tensor, padding: Tensor?, documents: Tensor?, cache: DecoderCache?,
    training: Generator?
  ) -> Tensor {
    let shape = embeddings_BTC.shape
    let dropout = Dropout(probability: configuration.dropout, generator: training)
    let pass = DecoderPass(
      rotation: rotation(count: shape[1], after: cache?.kept ?? 0, on: embeddings_BTC.device),
      mask: mask(
        count: shape[1], padding: padding, documents: documents, cache: cache,
        on: embeddings_BTC.device),
      cache: cache, dropout: dropout,
      attentionDropout: Dropout(
        probability: configuration.attentionDropout, generator: training))
    var x_BTC = embeddings_BTC * Double(configuration.width).squareRoot()
    if let positions = positions(count: shape[1], padding: padding, after: cache?.length ?? 0) {
      x_BTC = x_BTC + positions.moved(to: x_BTC.device)
    }
    x_BTC = dropout(x_BTC)
    for (layer, block) in blocks.enumerated() {
      if recomputesBlocks && cache == nil {
        x_BTC = x_BTC.recomputing(drawingFrom: training) { block($0, pass, layer: layer) }
      } else {
        x_BTC = block(x_BTC, pass, layer: layer)
      }
    }
    cache?.advance(by: shape[1])
    return norm(x_BTC)
  }
}
