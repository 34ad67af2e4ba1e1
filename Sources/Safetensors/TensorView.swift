internal import Storage

/// One tensor of an open safetensors file: its description, its place, and ways to its numbers.
public struct TensorView: Sendable {
  private let file: MappedFile
  /// The name, element type and shape.
  public let description: TensorDescription
  /// The tensor's bytes in the file.
  public let byteRange: Range<Int>

  init(file: MappedFile, description: TensorDescription, byteRange: Range<Int>) {
    self.file = file
    self.description = description
    self.byteRange = byteRange
  }

  /// The tensor's name.
  public var name: String { description.name }
  /// The type of its elements.
  public var elementType: ElementType { description.elementType }
  /// Its dimensions, outermost first.
  public var shape: [Int] { description.shape }
  /// The number of elements.
  public var elementCount: Int { byteRange.count / elementType.byteCount }

  /// Copies elements.
  ///
  /// - Parameter range: Which elements, in row-major order; all where it is `nil`.
  /// - Precondition: The range lies in the tensor.
  /// - Throws: ``SafetensorsError`` where the tensor has another element type.
  public func values<Element: TensorElement>(
    as type: Element.Type = Element.self, in range: Range<Int>? = nil
  ) throws(SafetensorsError) -> [Element] {
    try requireType(Element.elementType)
    return copy(range, as: Element.self)
  }

  /// Copies elements of any floating-point type as `Float`.
  ///
  /// - Parameter range: Which elements, in row-major order; all where it is `nil`.
  /// - Precondition: The range lies in the tensor.
  /// - Throws: ``SafetensorsError`` where the tensor is not F16, BF16, F32 or F64.
  public func floats(in range: Range<Int>? = nil) throws(SafetensorsError) -> [Float] {
    switch elementType {
    case .float32: return copy(range, as: Float.self)
    case .float64: return copy(range, as: Double.self).map(Float.init)
    case .float16: return copy(range, as: Float16.self).map(Float.init)
    case .bfloat16:
      return copy(range, as: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    default:
      throw SafetensorsError(
        .unexpectedTensor, path: file.path, tensor: name,
        "it is \(elementType.rawValue) where a floating-point tensor is needed")
    }
  }

  /// Copies the tensor's bytes.
  ///
  /// - Parameter range: Which bytes, counted from the tensor's first; all where it is `nil`.
  /// - Precondition: The range lies in the tensor.
  public func rawBytes(in range: Range<Int>? = nil) -> [UInt8] {
    let range = range ?? 0..<byteRange.count
    precondition(
      range.lowerBound >= 0 && range.upperBound <= byteRange.count, "the bytes lie in the tensor")
    return file.copy(
      byteRange.lowerBound + range.lowerBound..<byteRange.lowerBound + range.upperBound)
  }

  /// Calls a function with the tensor's bytes where they are mapped.
  ///
  /// The bytes are valid during the call only, and not always aligned for their type.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try file.withBytes { (bytes) throws(Failure) in
      try body(UnsafeRawBufferPointer(rebasing: bytes[byteRange]))
    }
  }

  private func requireType(_ wanted: ElementType) throws(SafetensorsError) {
    if elementType == wanted { return }
    throw SafetensorsError(
      .unexpectedTensor, path: file.path, tensor: name,
      "it is \(elementType.rawValue) where \(wanted.rawValue) is needed")
  }

  private func copy<Element: BitwiseCopyable>(
    _ range: Range<Int>?, as type: Element.Type
  ) -> [Element] {
    let range = range ?? 0..<elementCount
    precondition(
      range.lowerBound >= 0 && range.upperBound <= elementCount, "the elements lie in the tensor")
    // An empty array made from uninitialised memory writes its count into the one empty array that all
    // threads share.
    if range.isEmpty { return [] }
    let size = elementType.byteCount
    let start = byteRange.lowerBound + range.lowerBound * size
    return file.withBytes { bytes in
      [Element](unsafeUninitializedCapacity: range.count) { buffer, count in
        let source = UnsafeRawBufferPointer(rebasing: bytes[start..<start + range.count * size])
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
        count = range.count
      }
    }
  }
}
