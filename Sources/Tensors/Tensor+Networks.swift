internal import CTorch

// The operations of neural networks, each one kernel of libtorch where the device has it.
extension Tensor {
  /// The matrix product of the last two dimensions, for each of the others.
  public func matmul(_ other: Tensor) -> Tensor {
    Self.result(of: "matmul", [self, other]) { CTorch_matmul(handle, other.handle, $0) }
  }
  /// The product of the last dimension with a transposed weight [out, in], plus a bias [out].
  public func linear(_ weight: Tensor, bias: Tensor? = nil) -> Tensor {
    Self.result(of: "linear", [self, weight]) {
      CTorch_linear(handle, weight.handle, bias?.handle, $0)
    }
  }
  /// The last dimension less its mean, over its standard deviation, times a weight, plus a bias
  /// (Ba, Kiros & Hinton 2016).
  public func layerNorm(weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5) -> Tensor {
    Self.result(of: "layerNorm", [self]) {
      CTorch_layerNorm(handle, weight?.handle, bias?.handle, epsilon, $0)
    }
  }
  /// A dimension over its Euclidean norm, which counts as at least epsilon.
  public func normalized(over dimension: Int = -1, epsilon: Double = 1e-12) -> Tensor {
    let norm = euclideanNorm(over: dimension, keepingDimensions: true)
    return self / norm.clamped(to: epsilon...Double.infinity)
  }
  /// The exponentials of a dimension, scaled to sum to 1.
  public func softmax(over dimension: Int = -1) -> Tensor {
    Self.result(of: "softmax", [self]) { CTorch_softmax(handle, Int64(dimension), $0) }
  }
  /// The logarithm of ``softmax(over:)``, computed without overflow.
  public func logSoftmax(over dimension: Int = -1) -> Tensor {
    Self.result(of: "logSoftmax", [self]) { CTorch_logSoftmax(handle, Int64(dimension), $0) }
  }
  /// softmax(scale · query · keyᵀ + mask) · value, fused where the device can (Vaswani and others 2017).
  ///
  /// The query is this tensor, [B, H, T, D]; key and value are [B, H, S, D].
  ///
  /// - Parameters:
  ///   - mask: Broadcast to [B, H, T, S]: a Boolean mask is true where a query may look, another is added.
  ///   - isCausal: Whether query t sees only keys up to t; goes with no mask.
  ///   - scale: 1 / √D where it is `nil`.
  public func attention(
    key: Tensor, value: Tensor, mask: Tensor? = nil, isCausal: Bool = false, scale: Double? = nil
  ) -> Tensor {
    let scale = scale ?? 1 / Double(shape[-1]).squareRoot()
    return Self.result(of: "attention", [self, key, value]) {
      CTorch_attention(handle, key.handle, value.handle, mask?.handle, isCausal, scale, $0)
    }
  }
  /// The rows of a table that int64 indices name; the table is this tensor, [rows, width].
  public func embedding(of indices: Tensor) -> Tensor {
    Self.result(of: "embedding", [self, indices]) { CTorch_embedding(handle, indices.handle, $0) }
  }
  /// The two-dimensional convolution of [B, C, Y, X] with a weight [out, C, y, x].
  ///
  /// - Parameter padding: How many zeros stand before the first and after the last element of Y and X.
  public func convolution2D(
    _ weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0
  ) -> Tensor {
    Self.result(of: "convolution2D", [self, weight]) {
      CTorch_convolution2D(
        handle, weight.handle, bias?.handle, Int64(stride), Int64(padding), $0)
    }
  }
  /// The largest element of each square window of [B, C, Y, X].
  ///
  /// - Parameter keepingEdges: Whether the last windows may reach beyond the end, so that no element is
  ///   left out.
  public func maxPool2D(size: Int, stride: Int, keepingEdges: Bool = false) -> Tensor {
    Self.result(of: "maxPool2D", [self]) {
      CTorch_maxPool2D(handle, Int64(size), Int64(stride), keepingEdges, $0)
    }
  }
  /// The sum over rows [N, classes] of -log softmax(row)[target], in nats.
  ///
  /// - Parameters:
  ///   - targets: int64 [N].
  ///   - ignored: Rows with this target count nothing.
  public func crossEntropySum(_ targets: Tensor, ignoring ignored: Int = -100) -> Tensor {
    Self.result(of: "crossEntropySum", [self, targets]) {
      CTorch_crossEntropySum(handle, targets.handle, Int64(ignored), $0)
    }
  }
  /// Zeros with a probability, and the other elements scaled so that the expectation stays.
  public func dropout(_ probability: Double, _ generator: Generator) -> Tensor {
    if probability == 0 { return self }
    return Self.result(of: "dropout", [self]) {
      CTorch_dropout(handle, probability, generator.handle, $0)
    }
  }
  /// Neighbouring pairs (x₀, x₁), (x₂, x₃) … of the last dimension as complex numbers, each times the
  /// pair of `factors` that broadcasts to its place.
  public func multiplyingPairs(_ factors: Tensor) -> Tensor {
    Self.result(of: "multiplyingPairs", [self, factors]) {
      CTorch_multiplyPairs(handle, factors.handle, $0)
    }
  }
}
