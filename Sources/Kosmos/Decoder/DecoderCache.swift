public import Tensors

/// The keys and values of the tokens a decoder has seen, so that the next ones need not compute them again.
///
/// Keys are kept as they were turned by their positions. Beyond the decoder's length only the block of
/// the newest token and the one before it are kept: block-wise causal attention (Sun and others 2022, §3.3)
/// looks no further. Positions are then counted from the first token that is kept.
public final class DecoderCache {
  /// How many tokens were seen.
  public private(set) var length = 0
  /// How many of them were let go.
  private(set) var origin = 0
  private var layers: [Layer] = []

  /// Makes an empty cache.
  public init() {}

  /// A copy that goes on by itself.
  public func copy() -> DecoderCache {
    let copy = DecoderCache()
    copy.length = length
    copy.origin = origin
    copy.layers = layers.map { Layer(keys: $0.keys.copy(), values: $0.values.copy()) }
    return copy
  }

  /// Makes row i of the batch go on from what was row `rows[i]`: for beam search.
  ///
  /// - Parameter rows: int64 [B].
  public func reorder(_ rows: Tensor) {
    layers = layers.map {
      Layer(
        keys: $0.valid(kept, of: $0.keys).gathering(rows),
        values: $0.valid(kept, of: $0.values).gathering(rows))
    }
  }

  /// How many tokens are kept.
  var kept: Int { length - origin }

  /// Adds a layer's keys and values [B, H, T, h] of new tokens and tells those of all kept tokens.
  func append(
    _ keys_BHTD: Tensor, _ values_BHTD: Tensor, layer: Int
  ) -> (keys: Tensor, values: Tensor) {
    if layer == layers.count {
      layers.append(Layer(keys: keys_BHTD.contiguous(), values: values_BHTD.contiguous()))
      return (layers[layer].keys, layers[layer].values)
    }
    let end = kept + keys_BHTD.shape[2]
    layers[layer].reserve(end, keeping: kept)
    layers[layer].keys.slice(kept..<end, of: 2).assign(keys_BHTD)
    layers[layer].values.slice(kept..<end, of: 2).assign(values_BHTD)
    let filled = layers[layer]
    return (filled.valid(end, of: filled.keys), filled.valid(end, of: filled.values))
  }

  /// Counts tokens whose keys and values every layer has added.
  func advance(by count: Int) { length += count }

  /// Lets the oldest tokens go and turns the other keys back by as many positions.
  ///
  /// - Parameter turn: [1, h] factors of the turn; `nil` where keys know no positions.
  func drop(_ count: Int, turn: Tensor?) {
    layers = layers.map { layer in
      let keys = layer.valid(kept, of: layer.keys).slice(count..<kept, of: 2)
      let values = layer.valid(kept, of: layer.values).slice(count..<kept, of: 2)
      return Layer(
        keys: turn.map { keys.multiplyingPairs($0) } ?? keys.copy(), values: values.copy())
    }
    origin += count
  }

  /// One layer's buffers [B, H, capacity, h].
  private struct Layer {
    var keys: Tensor
    var values: Tensor

    func valid(_ count: Int, of buffer: Tensor) -> Tensor { buffer.slice(0..<count, of: 2) }

    /// Doubles the buffers until they hold so many tokens.
    mutating func reserve(_ count: Int, keeping kept: Int) {
      let capacity = keys.shape[2]
      if count <= capacity { return }
      let grown = max(count, 2 * capacity)
      keys = Self.grow(keys, to: grown, keeping: kept)
      values = Self.grow(values, to: grown, keeping: kept)
    }

    private static func grow(_ buffer: Tensor, to capacity: Int, keeping kept: Int) -> Tensor {
      let shape = buffer.shape
      let grown = Tensor.uninitialized(
        [shape[0], shape[1], capacity, shape[3]], type: buffer.type, device: buffer.device)
      grown.slice(0..<kept, of: 2).assign(buffer.slice(0..<kept, of: 2))
      return grown
    }
  }
}
