internal import CTorch

/// An array of numbers of one type, with a shape, that operations can be recorded on for gradients.
///
/// It is a reference to libtorch's tensor: views and ``detached()`` share memory. Operations that do
/// not fit their operands' shapes or types end the process with a sentence that names both, as an index
/// out of range does: they are mistakes of the program, never of its input.
///
/// A tensor belongs to one thread at a time and is therefore not `Sendable`; results go between threads
/// as Swift arrays or by `sending`.
public final class Tensor {
  let handle: OpaquePointer

  /// Takes over a handle, which is given back with the tensor.
  init(owning handle: OpaquePointer) { self.handle = handle }

  deinit { CTorch_tensorFree(handle) }

  /// The sizes of the dimensions.
  public var shape: Shape {
    var sizes = [Int64](repeating: 0, count: describe().rank)
    Self.check("shape", [], CTorch_sizes(handle, &sizes, sizes.count))
    return Shape(sizes.map(Int.init))
  }

  /// The type of the elements.
  public var type: ScalarType { ScalarType(describe().type) }

  /// Where the elements are.
  public var device: Device { Device(describe().device) }

  /// The number of elements.
  public var elementCount: Int { Int(describe().elementCount) }

  /// Whether the elements lie in row-major order without gaps.
  public var isContiguous: Bool { describe().isContiguous }

  func describe() -> CTorch_Description {
    var description = CTorch_Description()
    Self.check("description", [], CTorch_describe(handle, &description))
    return description
  }

  /// The tensor that an operation hands over.
  static func result(
    of operation: String, _ operands: @autoclosure () -> [Tensor],
    _ body: (UnsafeMutablePointer<OpaquePointer?>) -> CTorch_Status
  ) -> Tensor {
    var handle: OpaquePointer?
    check(operation, operands(), body(&handle))
    guard let handle else { fatalError("\(operation) ended well and handed over no tensor") }
    return Tensor(owning: handle)
  }

  /// Ends the process where an operation failed, naming it, its operands and libtorch's reason.
  static func check(
    _ operation: String, _ operands: @autoclosure () -> [Tensor], _ status: CTorch_Status
  ) {
    if status == CTorch_ok { return }
    // The reason is read first: describing the operands may overwrite it.
    let reason = String(cString: CTorch_lastMessage())
    let shown = operands().map { "\($0.type)\($0.shape)" }.joined(separator: " and ")
    fatalError("\(operation)\(shown.isEmpty ? "" : " of \(shown)"): \(reason)")
  }
}

extension Shape {
  /// Calls a function with the shape as C wants it.
  func withCode<Result>(_ body: (CTorch_Shape) -> Result) -> Result {
    sizes.map(Int64.init).withUnsafeBufferPointer {
      body(CTorch_Shape(sizes: $0.baseAddress, rank: $0.count))
    }
  }
}

extension [Tensor] {
  /// Calls a function with the tensors' handles as C wants them.
  func withCode<Result>(_ body: (CTorch_List) -> Result) -> Result {
    // The array keeps the tensors alive during the call.
    withExtendedLifetime(self) {
      map(\.handle).withUnsafeBufferPointer {
        body(CTorch_List(tensors: $0.baseAddress, count: $0.count))
      }
    }
  }
}
