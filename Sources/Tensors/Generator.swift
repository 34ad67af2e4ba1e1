internal import CTorch

/// A pseudo-random generator for tensors, with a state of its own: libtorch's global one is not used.
///
/// The same seed, calls and device give the same numbers, whatever the number of threads.
public final class Generator {
  let handle: OpaquePointer

  /// Makes a generator.
  ///
  /// - Parameter device: The device of the tensors it will fill.
  public init(seed: UInt64, device: Device = .cpu) {
    var handle: OpaquePointer?
    let place = device == .meta ? Device.cpu : device
    let status = CTorch_generatorMake(Self.mix(seed), place.code, &handle)
    Tensor.check("a generator on \(device)", [], status)
    guard let handle else { fatalError("a generator on \(device) was not handed over") }
    self.handle = handle
  }

  deinit { CTorch_generatorFree(handle) }

  /// libtorch's twister takes the low 32 bits of a seed alone; SplitMix64's finaliser (Steele, Lea & Flood
  /// 2014) lets all bits count.
  private static func mix(_ seed: UInt64) -> UInt64 {
    var mixed = seed &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return (mixed ^ (mixed >> 31)) >> 32
  }

  /// The whole state as bytes: a generator that gets them goes on as this one would.
  ///
  /// Bytes that are no generator's state end the process.
  public var state: [UInt8] {
    get {
      Tensor.result(of: "a generator's state", []) { CTorch_generatorState(handle, $0) }.bytes()
    }
    set {
      let state = Tensor(newValue)
      Tensor.check("a generator's state", [state], CTorch_generatorRestore(handle, state.handle))
    }
  }

  /// A tensor of samples of a normal distribution.
  public func normal(
    _ shape: Shape, mean: Double = 0, standardDeviation: Double = 1, device: Device = .cpu
  ) -> Tensor {
    let tensor = Tensor.uninitialized(shape, device: device)
    Tensor.check(
      "normal", [tensor], CTorch_fillNormal(tensor.handle, mean, standardDeviation, handle))
    return tensor
  }

  /// A tensor of samples of a uniform distribution over a range, without its upper bound.
  public func uniform(_ shape: Shape, in range: Range<Double>, device: Device = .cpu) -> Tensor {
    let tensor = Tensor.uninitialized(shape, device: device)
    Tensor.check(
      "uniform", [tensor],
      CTorch_fillUniform(tensor.handle, range.lowerBound, range.upperBound, handle))
    return tensor
  }

  /// Indices drawn for each row of weights, in proportion to them: int64 [rows, count].
  public func draw(_ count: Int, weights: Tensor, replacing: Bool = false) -> Tensor {
    Tensor.result(of: "draw", [weights]) {
      CTorch_multinomial(weights.handle, Int64(count), replacing, handle, $0)
    }
  }
}
