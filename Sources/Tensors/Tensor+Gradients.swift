internal import CTorch

extension Tensor {
  /// Whether operations on the tensor are recorded, so that it can get a gradient.
  public var requiresGradient: Bool {
    get { describe().requiresGradient }
    set { Self.check("requiresGradient", [self], CTorch_setRequiresGradient(handle, newValue)) }
  }

  /// The gradient that ``backward(gradient:)`` added up in a leaf; `nil` before, or to forget it.
  public var gradient: Tensor? {
    get {
      var result: OpaquePointer?
      Self.check("gradient", [self], CTorch_gradient(handle, &result))
      return result.map(Tensor.init(owning:))
    }
    set {
      Self.check(
        "gradient", [self] + (newValue.map { [$0] } ?? []),
        CTorch_setGradient(handle, newValue?.handle))
    }
  }

  /// Adds to every leaf the derivative of this tensor by it.
  ///
  /// - Parameter gradient: The derivative by this tensor of what is to be minimised; 1 where it is `nil`,
  ///   for a tensor of one element.
  public func backward(gradient: Tensor? = nil) {
    Self.check("backward", [self], CTorch_backward(handle, gradient?.handle))
  }

  /// The same memory outside the record of operations.
  public func detached() -> Tensor {
    Self.result(of: "detached", [self]) { CTorch_detach(handle, $0) }
  }
}

/// Calls a function whose operations are not recorded for gradients on the calling thread.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let wasRecording = CTorch_isRecordingGradients()
  Tensor.check("withoutGradients", [], CTorch_setGradientRecording(false))
  defer { Tensor.check("withoutGradients", [], CTorch_setGradientRecording(wasRecording)) }
  return try body()
}
