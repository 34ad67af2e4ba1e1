internal import CTorch

extension Tensor {
  /// A tensor on the CPU with a copy of an array's numbers, in row-major order.
  ///
  /// - Parameter shape: One dimension as long as the array where it is `nil`.
  /// - Precondition: The shape has as many elements as there are numbers.
  public convenience init<Scalar: TensorScalar>(_ values: [Scalar], shape: Shape? = nil) {
    let shape = shape ?? [values.count]
    self.init(owning: values.withUnsafeBytes { Self.copy($0, Scalar.scalarType, shape) })
  }

  /// A tensor on the CPU with a copy of a span's numbers, in row-major order.
  ///
  /// - Precondition: The shape has as many elements as there are numbers.
  public convenience init<Scalar: TensorScalar>(_ values: Span<Scalar>, shape: Shape) {
    self.init(
      owning: values.withUnsafeBytes { Self.copy($0, Scalar.scalarType, shape) })
  }

  /// A tensor on the CPU with a copy of elements that are given as their bytes in row-major order.
  ///
  /// - Precondition: The bytes are as many as the shape and type say.
  public convenience init(bytes: UnsafeRawBufferPointer, type: ScalarType, shape: Shape) {
    self.init(owning: Self.copy(bytes, type, shape))
  }

  /// A tensor on the CPU with a copy of elements that are given as their bytes in row-major order.
  ///
  /// - Precondition: The bytes are as many as the shape and type say.
  public convenience init(bytes: [UInt8], type: ScalarType, shape: Shape) {
    self.init(owning: bytes.withUnsafeBytes { Self.copy($0, type, shape) })
  }

  /// A tensor without dimensions: one number.
  public convenience init(_ value: Double, type: ScalarType = .float32, device: Device = .cpu) {
    self.init(repeating: value, shape: [], type: type, device: device)
  }

  /// A tensor whose elements are all one number.
  public convenience init(
    repeating value: Double, shape: Shape, type: ScalarType = .float32, device: Device = .cpu
  ) {
    var handle: OpaquePointer?
    let status = shape.withCode { CTorch_full(value, type.code, $0, device.code, &handle) }
    Self.check("a tensor of shape \(shape)", [], status)
    guard let handle else { fatalError("a tensor of shape \(shape) was not handed over") }
    self.init(owning: handle)
  }

  /// A tensor of zeros.
  public static func zeros(
    _ shape: Shape, type: ScalarType = .float32, device: Device = .cpu
  ) -> Tensor {
    Tensor(repeating: 0, shape: shape, type: type, device: device)
  }

  /// A tensor of ones.
  public static func ones(
    _ shape: Shape, type: ScalarType = .float32, device: Device = .cpu
  ) -> Tensor {
    Tensor(repeating: 1, shape: shape, type: type, device: device)
  }

  /// A tensor whose elements are to be written before they are read.
  public static func uninitialized(
    _ shape: Shape, type: ScalarType = .float32, device: Device = .cpu
  ) -> Tensor {
    result(of: "a tensor of shape \(shape)", []) { result in
      shape.withCode { CTorch_empty(type.code, $0, device.code, result) }
    }
  }

  /// The whole numbers of a range, one after the other.
  public static func range(
    _ range: Range<Int>, type: ScalarType = .int64, device: Device = .cpu
  ) -> Tensor {
    result(of: "the range \(range)", []) {
      CTorch_range(Int64(range.lowerBound), Int64(range.upperBound), type.code, device.code, $0)
    }
  }

  /// A new handle of a tensor with a copy of the bytes.
  static func copy(
    _ bytes: UnsafeRawBufferPointer, _ type: ScalarType, _ shape: Shape
  ) -> OpaquePointer {
    // A precondition would end an optimised build without its sentence.
    if shape.elementCount * type.byteCount != bytes.count {
      fatalError("a \(type) tensor of shape \(shape) has not \(bytes.count) bytes")
    }
    var handle: OpaquePointer?
    let status = shape.withCode {
      CTorch_tensorFromBytes(bytes.baseAddress, bytes.count, type.code, $0, &handle)
    }
    check("a tensor of shape \(shape)", [], status)
    guard let handle else { fatalError("a tensor of shape \(shape) was not handed over") }
    return handle
  }
}
