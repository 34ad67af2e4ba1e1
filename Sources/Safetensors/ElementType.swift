/// The element types a safetensors file may hold, by the names the format gives them.
public enum ElementType: String, Hashable, Sendable, CaseIterable {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case uint16 = "U16"
  case int16 = "I16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case uint32 = "U32"
  case int32 = "I32"
  case float32 = "F32"
  case uint64 = "U64"
  case int64 = "I64"
  case float64 = "F64"
  case float8e4m3 = "F8_E4M3"
  case float8e5m2 = "F8_E5M2"

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e4m3, .float8e5m2: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }
}

/// A Swift number whose bytes are those of one ``ElementType`` on a little-endian machine.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// The element type that holds this number.
  static var elementType: ElementType { get }
}

#if _endian(big)
  #error("safetensors holds little-endian numbers; this target copies them as they stand")
#endif

extension UInt8: TensorElement {
  /// `U8`.
  public static var elementType: ElementType { .uint8 }
}
extension Int8: TensorElement {
  /// `I8`.
  public static var elementType: ElementType { .int8 }
}
extension UInt16: TensorElement {
  /// `U16`.
  public static var elementType: ElementType { .uint16 }
}
extension Int16: TensorElement {
  /// `I16`.
  public static var elementType: ElementType { .int16 }
}
extension UInt32: TensorElement {
  /// `U32`.
  public static var elementType: ElementType { .uint32 }
}
extension Int32: TensorElement {
  /// `I32`.
  public static var elementType: ElementType { .int32 }
}
extension UInt64: TensorElement {
  /// `U64`.
  public static var elementType: ElementType { .uint64 }
}
extension Int64: TensorElement {
  /// `I64`.
  public static var elementType: ElementType { .int64 }
}
extension Float16: TensorElement {
  /// `F16`.
  public static var elementType: ElementType { .float16 }
}
extension Float: TensorElement {
  /// `F32`.
  public static var elementType: ElementType { .float32 }
}
extension Double: TensorElement {
  /// `F64`.
  public static var elementType: ElementType { .float64 }
}
