internal import CTorch

// Indices are int64 tensors; an index outside its dimension ends the process.
extension Tensor {
  /// The slices of a dimension that a list of indices names, in its order.
  public func gathering(_ indices: Tensor, of dimension: Int = 0) -> Tensor {
    Self.result(of: "gathering", [self, indices]) {
      CTorch_indexSelect(handle, Int64(dimension), indices.handle, $0)
    }
  }
  /// For each place of `indices`, the element whose index along a dimension stands there.
  public func picking(_ indices: Tensor, along dimension: Int) -> Tensor {
    Self.result(of: "picking", [self, indices]) {
      CTorch_gather(handle, Int64(dimension), indices.handle, $0)
    }
  }
  /// A copy in which the slices that a list of indices names are those of another tensor.
  ///
  /// Gradients flow to both: none to the slices that were overwritten. No index may stand twice.
  public func replacing(_ indices: Tensor, of dimension: Int = 0, with source: Tensor) -> Tensor {
    Self.result(of: "replacing", [self, indices, source]) {
      CTorch_indexCopy(handle, Int64(dimension), indices.handle, source.handle, $0)
    }
  }
  /// The indices of the elements that are not 0, row-major: a tensor of shape [count, rank].
  public func nonZeroIndices() -> Tensor {
    Self.result(of: "nonZeroIndices", [self]) { CTorch_nonZero(handle, $0) }
  }
}
