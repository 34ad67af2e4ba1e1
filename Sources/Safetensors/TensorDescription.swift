/// The name, element type and shape of one tensor of a safetensors file.
public struct TensorDescription: Hashable, Sendable {
  /// The tensor's name, unique in its file.
  public var name: String
  /// The type of its elements.
  public var elementType: ElementType
  /// Its dimensions, outermost first; a tensor without dimensions is one element.
  public var shape: [Int]

  /// Describes a tensor.
  public init(_ name: String, _ elementType: ElementType, _ shape: [Int]) {
    self.name = name
    self.elementType = elementType
    self.shape = shape
  }

  /// The number of elements.
  ///
  /// - Precondition: The shape's product fits in `Int`, as it does in every file that was opened.
  public var elementCount: Int { shape.reduce(1, *) }

  /// The number of bytes.
  public var byteCount: Int { elementCount * elementType.byteCount }

  /// The number of bytes; `nil` where a dimension is negative or the product overflows.
  var checkedByteCount: Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    var product = elementType.byteCount
    for dimension in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
