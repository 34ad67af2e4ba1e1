internal import CTorch

/// The type of a tensor's elements.
public enum ScalarType: String, Hashable, Sendable, Codable, CaseIterable {
  case float32, float64, float16, bfloat16, int8, uint8, int32, int64, bool

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  var code: CTorch_ScalarType {
    switch self {
    case .float32: CTorch_float32
    case .float64: CTorch_float64
    case .float16: CTorch_float16
    case .bfloat16: CTorch_bfloat16
    case .int8: CTorch_int8
    case .uint8: CTorch_uint8
    case .int32: CTorch_int32
    case .int64: CTorch_int64
    case .bool: CTorch_bool
    }
  }

  init(_ code: CTorch_ScalarType) {
    guard let type = Self.allCases.first(where: { $0.code == code }) else {
      fatalError("CTorch tells only scalar types of its own list, not \(code)")
    }
    self = type
  }
}

/// A Swift number that can be an element of a tensor.
public protocol TensorScalar: BitwiseCopyable, Sendable {
  /// The element type with the same bytes.
  static var scalarType: ScalarType { get }
}

extension Float: TensorScalar {
  /// `float32`.
  public static var scalarType: ScalarType { .float32 }
}
extension Double: TensorScalar {
  /// `float64`.
  public static var scalarType: ScalarType { .float64 }
}
extension Float16: TensorScalar {
  /// `float16`.
  public static var scalarType: ScalarType { .float16 }
}
extension Int8: TensorScalar {
  /// `int8`.
  public static var scalarType: ScalarType { .int8 }
}
extension UInt8: TensorScalar {
  /// `uint8`.
  public static var scalarType: ScalarType { .uint8 }
}
extension Int32: TensorScalar {
  /// `int32`.
  public static var scalarType: ScalarType { .int32 }
}
extension Int64: TensorScalar {
  /// `int64`.
  public static var scalarType: ScalarType { .int64 }
}
extension Bool: TensorScalar {
  /// `bool`.
  public static var scalarType: ScalarType { .bool }
}
