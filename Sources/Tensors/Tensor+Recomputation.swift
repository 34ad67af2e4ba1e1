internal import CTorch

extension Tensor {
  /// The result of a function of this tensor whose intermediate results are not kept: the backward pass
  /// computes them again (Chen and others 2016, arXiv 1604.06174).
  ///
  /// Results and gradients are those of calling the function, bit for bit, at the price of a second
  /// forward pass. The function must be the same at both calls: all that it draws comes from the
  /// generator, and tensors it uses beside its argument are not changed in between.
  ///
  /// - Parameter generator: What the function draws from; its state at the first call is put back for the
  ///   second.
  public func recomputing(
    drawingFrom generator: Generator?, _ function: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    let recomputed = RecomputedFunction(function, generator)
    return Self.result(of: "recomputing", [self]) {
      CTorch_recompute(
        handle, { RecomputedFunction.call($0, $1, $2, $3) },
        Unmanaged.passRetained(recomputed).toOpaque(),
        { Unmanaged<RecomputedFunction>.fromOpaque($0).release() }, $0)
    }
  }
}

/// A function that is called again in the backward pass, with what it needs to give the same.
private final class RecomputedFunction {
  private let function: (Tensor) -> Tensor
  private let generator: Generator?
  private let state: [UInt8]?

  init(_ function: @escaping (Tensor) -> Tensor, _ generator: Generator?) {
    self.function = function
    self.generator = generator
    state = generator?.state
  }

  /// Calls the function behind a pointer on a tensor that is handed over.
  static func call(
    _ context: UnsafeMutableRawPointer, _ input: OpaquePointer, _ isAgain: Bool,
    _ result: UnsafeMutablePointer<OpaquePointer?>
  ) {
    let recomputed = Unmanaged<RecomputedFunction>.fromOpaque(context).takeUnretainedValue()
    let input = Tensor(owning: input)
    let output = isAgain ? recomputed.again(input) : recomputed.function(input)
    Tensor.check("recomputing", [output], CTorch_share(output.handle, result))
  }

  private func again(_ input: Tensor) -> Tensor {
    guard let generator, let state else { return function(input) }
    let later = generator.state
    generator.state = state
    defer { generator.state = later }
    return function(input)
  }
}
