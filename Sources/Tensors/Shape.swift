/// The sizes of a tensor's dimensions, outermost first; no size at all is the shape of one number.
public struct Shape: Hashable, Sendable, Codable, ExpressibleByArrayLiteral {
  /// The size of each dimension.
  public var sizes: [Int]

  /// Makes a shape from its sizes.
  public init(_ sizes: [Int]) { self.sizes = sizes }

  /// Makes a shape from its sizes.
  public init(arrayLiteral sizes: Int...) { self.sizes = sizes }

  /// The number of elements of a tensor of this shape.
  public var elementCount: Int { sizes.reduce(1, *) }

  /// The size of a dimension; negative ones count from the last, which is -1.
  public subscript(dimension: Int) -> Int {
    let index = dimension < 0 ? dimension + sizes.count : dimension
    precondition(sizes.indices.contains(index), "shape \(self) has no dimension \(dimension)")
    return sizes[index]
  }
}

extension Shape: CustomStringConvertible {
  /// The sizes between brackets, as in `[2, 3]`.
  public var description: String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }

  /// The number of dimensions.
  public var rank: Int { sizes.count }
}
