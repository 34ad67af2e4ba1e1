import Tensors

// Shape suffixes: B sequences, T tokens, C the width, H heads, D the width of a head, V the vocabulary.

/// The decoder that MAGNETO is compared with: the norm after each residual sum, as in the first transformer, or before
/// each branch, as in GPT; Xavier-normal weights, no gain, no positions.
struct PlainDecoder {
  /// Where the norms are.
  enum Norms { case post, pre }

  private struct Block {
    let query, key, value, output, first, second: Linear
    let attentionNorm, feedForwardNorm: LayerNorm

    init(_ scope: ParameterScope, width: Int) throws(ParameterError) {
      func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(ParameterError) -> Linear {
        try Linear(
          scope.scope(name), inputs: inputs, outputs: outputs,
          weight: .xavierNormal([outputs, inputs]), bias: .zeros)
      }
      query = try linear("q_proj", width, width)
      key = try linear("k_proj", width, width)
      value = try linear("v_proj", width, width)
      output = try linear("out_proj", width, width)
      first = try linear("fc1", width, 4 * width)
      second = try linear("fc2", 4 * width, width)
      attentionNorm = try LayerNorm(scope.scope("attention_norm"), width: width)
      feedForwardNorm = try LayerNorm(scope.scope("feed_forward_norm"), width: width)
    }

    func attention(_ x_BTC: Tensor, heads: Int) -> Tensor {
      let shape = x_BTC.shape
      func split(_ x: Tensor) -> Tensor {
        x.reshaped([shape[0], shape[1], heads, shape[2] / heads]).transposed(1, 2)
      }
      let y_BHTD = split(query(x_BTC)).attention(
        key: split(key(x_BTC)), value: split(value(x_BTC)), isCausal: true)
      return output(y_BHTD.transposed(1, 2).reshaped(shape))
    }

    func feedForward(_ x: Tensor) -> Tensor { second(first(x).gelu()) }
  }

  private let norms: Norms
  private let heads: Int
  private let width: Int
  private let tokens: Embedding
  private let blocks: [Block]
  private let norm: LayerNorm?

  init(
    _ scope: ParameterScope, _ norms: Norms, vocabulary: Int, width: Int, layers: Int, heads: Int
  ) throws(ParameterError) {
    self.norms = norms
    self.heads = heads
    self.width = width
    tokens = try Embedding(
      scope.scope("embed_tokens"), vocabulary: vocabulary, width: width,
      weight: .normal(standardDeviation: 1 / Double(width).squareRoot()))
    var blocks: [Block] = []
    for layer in 0..<layers {
      blocks.append(try Block(scope.scope("layers.\(layer)"), width: width))
    }
    self.blocks = blocks
    norm = norms == .pre ? try LayerNorm(scope.scope("layer_norm"), width: width) : nil
  }

  /// Logits [B, T, V] of int64 tokens [B, T].
  func logits(_ tokens_BT: Tensor) -> Tensor {
    var x = tokens(tokens_BT) * Double(width).squareRoot()
    for block in blocks {
      switch norms {
      case .post:
        x = block.attentionNorm(x + block.attention(x, heads: heads))
        x = block.feedForwardNorm(x + block.feedForward(x))
      case .pre:
        x = x + block.attention(block.attentionNorm(x), heads: heads)
        x = x + block.feedForward(block.feedForwardNorm(x))
      }
    }
    return tokens.logits(norm.map { $0(x) } ?? x)
  }
}
