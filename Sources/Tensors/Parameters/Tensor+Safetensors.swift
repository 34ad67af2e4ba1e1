public import Safetensors
public import Storage

extension ScalarType {
  /// The type that holds a safetensors file's elements; `nil` where libtorch has none.
  public init?(_ type: ElementType) {
    switch type {
    case .float32: self = .float32
    case .float64: self = .float64
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int8: self = .int8
    case .uint8: self = .uint8
    case .int32: self = .int32
    case .int64: self = .int64
    case .bool: self = .bool
    default: return nil
    }
  }

  /// The name that safetensors gives the type.
  public var elementType: ElementType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int8: .int8
    case .uint8: .uint8
    case .int32: .int32
    case .int64: .int64
    case .bool: .bool
    }
  }

  /// Whether the elements may be fractions.
  public var isFloatingPoint: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    case .int8, .uint8, .int32, .int64, .bool: false
    }
  }
}

extension Tensor {
  /// A tensor on the CPU with a copy of a safetensors file's one; `nil` where libtorch has no such type.
  public convenience init?(_ view: TensorView) {
    guard let type = ScalarType(view.elementType) else { return nil }
    self.init(view, type: type)
  }

  convenience init(_ view: TensorView, type: ScalarType) {
    self.init(owning: view.withBytes { Self.copy($0, type, Shape(view.shape)) })
  }
}

/// Writes named tensors to a safetensors file, in their order; the file appears whole or not at all.
///
/// - Precondition: Names are unique.
/// - Throws: `StorageError` where the file cannot be written.
public func writeSafetensors(
  _ tensors: [(name: String, tensor: Tensor)], to path: String, metadata: [String: String] = [:]
) throws(StorageError) {
  let writer = try SafetensorsWriter(
    path: path,
    tensors: tensors.map {
      TensorDescription($0.name, $0.tensor.type.elementType, $0.tensor.shape.sizes)
    }, metadata: metadata)
  for (name, tensor) in tensors {
    try tensor.withBytes { (bytes) throws(StorageError) in
      try writer.write(bytes: bytes, to: name)
    }
  }
  try writer.commit()
}
