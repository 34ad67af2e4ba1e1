internal import CTorch

extension Tensor {
  /// The value of a tensor of one element.
  ///
  /// Asking a GPU's tensor waits until the GPU has computed it.
  public var item: Double {
    var value = 0.0
    Self.check("item", [self], CTorch_item(handle, &value))
    return value
  }

  /// The elements in row-major order, converted where the tensor is of another type.
  public func values<Scalar: TensorScalar>(of scalar: Scalar.Type = Scalar.self) -> [Scalar] {
    converted(to: Scalar.scalarType).withBytes { bytes in
      [Scalar](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Scalar>.stride) {
        buffer, count in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
        count = buffer.count
      }
    }
  }

  /// The elements as bytes of the tensor's own type, in row-major order.
  public func bytes() -> [UInt8] { withBytes { [UInt8]($0) } }

  /// Calls a function with the elements' bytes in row-major order, without a copy where they lie so on
  /// the CPU.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let readable = moved(to: .cpu).contiguous()
    var start: UnsafeRawPointer?
    var count = 0
    Self.check("bytes", [self], CTorch_bytes(readable.handle, &start, &count))
    defer { withExtendedLifetime(readable) {} }
    return try body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The tensor with elements of another type; the same tensor where it is of that type.
  public func converted(to type: ScalarType) -> Tensor {
    type == self.type ? self : convert(to: type, on: device)
  }

  /// The tensor on another device; the same tensor where it is there.
  public func moved(to device: Device) -> Tensor {
    device == self.device ? self : convert(to: type, on: device)
  }

  /// A copy with memory of its own, to which gradients flow.
  public func copy() -> Tensor {
    Self.result(of: "copy", [self]) { CTorch_clone(handle, $0) }
  }

  /// The same elements in row-major order without gaps.
  public func contiguous() -> Tensor {
    Self.result(of: "contiguous", [self]) { CTorch_contiguous(handle, $0) }
  }

  /// Overwrites the elements with those of another tensor, converted and broadcast.
  public func assign(_ source: Tensor) {
    Self.check("assign", [self, source], CTorch_assign(handle, source.handle))
  }

  /// Overwrites all elements with one number.
  public func fill(_ value: Double) {
    Self.check("fill", [self], CTorch_fill(handle, value))
  }

  private func convert(to type: ScalarType, on device: Device) -> Tensor {
    Self.result(of: "conversion to \(type) on \(device)", [self]) {
      CTorch_convert(handle, type.code, device.code, $0)
    }
  }
}
