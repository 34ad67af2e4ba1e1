internal import CTorch

// Negative dimensions count from the last. Views share the tensor's memory.
extension Tensor {
  /// The same elements in another shape; one size may be -1, which is what the others leave.
  public func reshaped(_ shape: Shape) -> Tensor {
    Self.result(of: "reshaped to \(shape)", [self]) { result in
      shape.withCode { CTorch_reshape(handle, $0, result) }
    }
  }
  /// A view with the dimensions in another order.
  public func permuted(_ order: Int...) -> Tensor {
    Self.result(of: "permuted to \(order)", [self]) { result in
      Shape(order).withCode { CTorch_permute(handle, $0, result) }
    }
  }
  /// A view with two dimensions exchanged.
  public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
    Self.result(of: "transposed", [self]) {
      CTorch_transpose(handle, Int64(first), Int64(second), $0)
    }
  }
  /// A view in which dimensions of size 1 are repeated; -1 keeps a size.
  public func expanded(_ shape: Shape) -> Tensor {
    Self.result(of: "expanded to \(shape)", [self]) { result in
      shape.withCode { CTorch_expand(handle, $0, result) }
    }
  }
  /// A view of a range of a dimension.
  public func slice(_ range: Range<Int>, of dimension: Int) -> Tensor {
    Self.result(of: "slice \(range) of dimension \(dimension)", [self]) {
      CTorch_narrow(handle, Int64(dimension), Int64(range.lowerBound), Int64(range.count), $0)
    }
  }
  /// A view of one element of a dimension, without that dimension; a negative index counts from the end.
  public func element(_ index: Int, of dimension: Int = 0) -> Tensor {
    Self.result(of: "element \(index) of dimension \(dimension)", [self]) {
      CTorch_select(handle, Int64(dimension), Int64(index), $0)
    }
  }
  /// A view with a new dimension of size 1.
  public func insertingDimension(_ dimension: Int) -> Tensor {
    Self.result(of: "insertingDimension", [self]) { CTorch_unsqueeze(handle, Int64(dimension), $0) }
  }
  /// A view without a dimension of size 1.
  public func removingDimension(_ dimension: Int) -> Tensor {
    Self.result(of: "removingDimension", [self]) { CTorch_squeeze(handle, Int64(dimension), $0) }
  }
  /// The elements on and below a diagonal, 0 above it.
  public func lowerTriangle(diagonal: Int = 0) -> Tensor {
    Self.result(of: "lowerTriangle", [self]) {
      CTorch_lowerTriangle(handle, Int64(diagonal), $0)
    }
  }

  /// Tensors one after the other along a dimension.
  public static func concatenated(_ tensors: [Tensor], along dimension: Int) -> Tensor {
    result(of: "concatenated", tensors) { result in
      tensors.withCode { CTorch_concatenate($0, Int64(dimension), result) }
    }
  }
  /// Tensors of one shape beside each other along a new dimension.
  public static func stacked(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    result(of: "stacked", tensors) { result in
      tensors.withCode { CTorch_stack($0, Int64(dimension), result) }
    }
  }
}
