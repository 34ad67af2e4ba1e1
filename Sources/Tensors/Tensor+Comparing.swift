internal import CTorch

// Comparisons are element by element and give Boolean tensors.
extension Tensor {
  /// Where the elements are equal.
  public func equal(to other: Tensor) -> Tensor { Self.binary(CTorch_equal, "equal", self, other) }
  /// Where the elements are a number.
  public func equal(to number: Double) -> Tensor {
    Self.binary(CTorch_equal, "equal", self, number)
  }
  /// Where the elements differ.
  public func notEqual(to other: Tensor) -> Tensor {
    Self.binary(CTorch_notEqual, "notEqual", self, other)
  }
  /// Where the elements are not a number.
  public func notEqual(to number: Double) -> Tensor {
    Self.binary(CTorch_notEqual, "notEqual", self, number)
  }
  /// Where the elements are less than the others.
  public func less(than other: Tensor) -> Tensor { Self.binary(CTorch_less, "less", self, other) }
  /// Where the elements are less than a number.
  public func less(than number: Double) -> Tensor { Self.binary(CTorch_less, "less", self, number) }
  /// Where the elements are at most the others.
  public func atMost(_ other: Tensor) -> Tensor {
    Self.binary(CTorch_lessOrEqual, "atMost", self, other)
  }
  /// Where the elements are at most a number.
  public func atMost(_ number: Double) -> Tensor {
    Self.binary(CTorch_lessOrEqual, "atMost", self, number)
  }
  /// Where the elements are greater than the others.
  public func greater(than other: Tensor) -> Tensor {
    Self.binary(CTorch_greater, "greater", self, other)
  }
  /// Where the elements are greater than a number.
  public func greater(than number: Double) -> Tensor {
    Self.binary(CTorch_greater, "greater", self, number)
  }
  /// Where both are true.
  public func and(_ other: Tensor) -> Tensor { Self.binary(CTorch_logicalAnd, "and", self, other) }
  /// Where one or both are true.
  public func or(_ other: Tensor) -> Tensor { Self.binary(CTorch_logicalOr, "or", self, other) }
  /// Where the elements are false or 0.
  public func not() -> Tensor { unary(CTorch_logicalNot, "not") }
  /// Where the elements are neither infinite nor NaN.
  public func isFinite() -> Tensor { unary(CTorch_isFinite, "isFinite") }

  /// This tensor's element where the condition is true, the other's elsewhere.
  public func selected(where condition: Tensor, otherwise other: Tensor) -> Tensor {
    Self.result(of: "selected", [condition, self, other]) {
      CTorch_where(condition.handle, handle, other.handle, $0)
    }
  }

  /// A number where the mask is true, the tensor's element elsewhere.
  public func filled(where mask: Tensor, with value: Double) -> Tensor {
    Self.result(of: "filled", [self, mask]) { CTorch_maskedFill(handle, mask.handle, value, $0) }
  }
}
