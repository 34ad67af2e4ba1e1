internal import CTorch

// Operands are broadcast to one shape, and mixed types promoted, by libtorch's rules
// <https://docs.pytorch.org/docs/stable/notes/broadcasting.html>.
extension Tensor {
  /// The sum of each pair of elements.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    binary(CTorch_add, "+", left, right)
  }
  /// Each element plus a number.
  public static func + (left: Tensor, right: Double) -> Tensor {
    binary(CTorch_add, "+", left, right)
  }
  /// The difference of each pair of elements.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    binary(CTorch_subtract, "-", left, right)
  }
  /// Each element less a number.
  public static func - (left: Tensor, right: Double) -> Tensor {
    binary(CTorch_subtract, "-", left, right)
  }
  /// The product of each pair of elements.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    binary(CTorch_multiply, "*", left, right)
  }
  /// Each element times a number.
  public static func * (left: Tensor, right: Double) -> Tensor {
    binary(CTorch_multiply, "*", left, right)
  }
  /// The quotient of each pair of elements.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    binary(CTorch_divide, "/", left, right)
  }
  /// Each element divided by a number.
  public static func / (left: Tensor, right: Double) -> Tensor {
    binary(CTorch_divide, "/", left, right)
  }
  /// Each element with the other sign.
  public static prefix func - (operand: Tensor) -> Tensor { operand.unary(CTorch_negate, "-") }

  /// Each element to a power.
  public func power(_ exponent: Double) -> Tensor {
    Self.binary(CTorch_power, "power", self, exponent)
  }
  /// Each element to the power beside it.
  public func power(_ exponents: Tensor) -> Tensor {
    Self.binary(CTorch_power, "power", self, exponents)
  }
  /// The larger of each pair of elements.
  public func maximum(_ other: Tensor) -> Tensor {
    Self.binary(CTorch_maximum, "maximum", self, other)
  }
  /// The smaller of each pair of elements.
  public func minimum(_ other: Tensor) -> Tensor {
    Self.binary(CTorch_minimum, "minimum", self, other)
  }
  /// Each element, or the nearest number of a range.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    Self.result(of: "clamped", [self]) {
      CTorch_clamp(handle, range.lowerBound, range.upperBound, $0)
    }
  }

  /// The magnitude of each element.
  public func absolute() -> Tensor { unary(CTorch_absolute, "absolute") }
  /// e to the power of each element.
  public func exponential() -> Tensor { unary(CTorch_exponential, "exponential") }
  /// The natural logarithm of each element.
  public func logarithm() -> Tensor { unary(CTorch_logarithm, "logarithm") }
  /// The sine of each element.
  public func sine() -> Tensor { unary(CTorch_sine, "sine") }
  /// The cosine of each element.
  public func cosine() -> Tensor { unary(CTorch_cosine, "cosine") }
  /// The square root of each element.
  public func squareRoot() -> Tensor { unary(CTorch_squareRoot, "squareRoot") }
  /// One over the square root of each element.
  public func reciprocalSquareRoot() -> Tensor {
    unary(CTorch_reciprocalSquareRoot, "reciprocalSquareRoot")
  }
  /// Each element times itself.
  public func squared() -> Tensor { unary(CTorch_square, "squared") }
  /// The logistic function of each element.
  public func sigmoid() -> Tensor { unary(CTorch_sigmoid, "sigmoid") }
  /// The hyperbolic tangent of each element.
  public func hyperbolicTangent() -> Tensor { unary(CTorch_hyperbolicTangent, "hyperbolicTangent") }
  /// Each element, or 0 where it is negative.
  public func rectified() -> Tensor { unary(CTorch_rectify, "rectified") }
  /// Each element times the normal distribution function of it: the exact GELU (Hendrycks & Gimpel 2016).
  public func gelu() -> Tensor { unary(CTorch_gelu, "gelu") }

  /// Adds another tensor times a number to this one's memory.
  public func add(_ other: Tensor, scaledBy scale: Double = 1) {
    Self.check("add", [self, other], CTorch_addInPlace(handle, other.handle, scale))
  }
  /// Multiplies this tensor's memory by a number.
  public func multiply(by factor: Double) {
    Self.check("multiply", [self], CTorch_multiplyInPlace(handle, factor))
  }

  func unary(_ operation: CTorch_Unary, _ name: String) -> Tensor {
    Self.result(of: name, [self]) { CTorch_unary(operation, handle, $0) }
  }

  static func binary(
    _ operation: CTorch_Binary, _ name: String, _ left: Tensor, _ right: Tensor
  ) -> Tensor {
    result(of: name, [left, right]) { CTorch_binary(operation, left.handle, right.handle, $0) }
  }

  static func binary(
    _ operation: CTorch_Binary, _ name: String, _ left: Tensor, _ right: Double
  ) -> Tensor {
    result(of: name, [left]) { CTorch_binaryScalar(operation, left.handle, right, $0) }
  }
}
