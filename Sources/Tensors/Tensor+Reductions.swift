internal import CTorch

// `over` names dimensions, negative ones from the last; none named is all of them.
extension Tensor {
  /// The sum of the elements.
  public func sum(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_sum, "sum", dimensions, keepingDimensions)
  }
  /// The mean of the elements.
  public func mean(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_mean, "mean", dimensions, keepingDimensions)
  }
  /// The largest element.
  public func largest(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_largest, "largest", dimensions, keepingDimensions)
  }
  /// The smallest element.
  public func smallest(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_smallest, "smallest", dimensions, keepingDimensions)
  }
  /// The square root of the sum of squares.
  public func euclideanNorm(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_euclideanNorm, "euclideanNorm", dimensions, keepingDimensions)
  }
  /// The logarithm of the sum of exponentials, computed without overflow.
  public func logSumExp(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_logSumExp, "logSumExp", dimensions, keepingDimensions)
  }
  /// Whether an element is true.
  public func any(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_any, "any", dimensions, keepingDimensions)
  }
  /// Whether all elements are true.
  public func all(over dimensions: Int..., keepingDimensions: Bool = false) -> Tensor {
    reduce(CTorch_all, "all", dimensions, keepingDimensions)
  }

  /// The index of the largest element of a dimension.
  public func indexOfLargest(over dimension: Int, keepingDimension: Bool = false) -> Tensor {
    Self.result(of: "indexOfLargest", [self]) {
      CTorch_argumentOfLargest(handle, Int64(dimension), keepingDimension, $0)
    }
  }
  /// The sum of each element of a dimension and those before it.
  public func cumulativeSum(over dimension: Int) -> Tensor {
    Self.result(of: "cumulativeSum", [self]) {
      CTorch_cumulativeSum(handle, Int64(dimension), $0)
    }
  }
  /// The largest elements of a dimension, falling, and their indices.
  public func top(_ count: Int, over dimension: Int = -1) -> (values: Tensor, indices: Tensor) {
    var values: OpaquePointer?
    var indices: OpaquePointer?
    let status = CTorch_topK(handle, Int64(count), Int64(dimension), &values, &indices)
    Self.check("the top \(count)", [self], status)
    guard let values, let indices else { fatalError("the top \(count) were not handed over") }
    return (Tensor(owning: values), Tensor(owning: indices))
  }

  private func reduce(
    _ operation: CTorch_Reduction, _ name: String, _ dimensions: [Int], _ keep: Bool
  ) -> Tensor {
    Self.result(of: name, [self]) { result in
      Shape(dimensions).withCode { CTorch_reduce(operation, handle, $0, keep, result) }
    }
  }
}
