internal import CTorch

/// Sets how many threads an operation may use that the calling thread starts.
///
/// Each thread has a setting of its own: a worker calls `setThreads(1)` first, and its results are then
/// the same bits however many workers run beside it. With other numbers of threads sums are split
/// otherwise, and the last bits of matrix products may differ.
///
/// - Precondition: `count` is positive.
public func setThreads(_ count: Int) {
  precondition(count > 0, "an operation uses at least one thread")
  Tensor.check("setThreads", [], CTorch_setThreads(Int32(clamping: count)))
}

/// How many threads an operation may use that the calling thread starts.
public func threads() -> Int { Int(CTorch_threads()) }

/// Keeps freed memory in the process for the next tensors instead of giving it back to the system.
///
/// A training loop makes and frees the same large tensors at every step; getting their pages anew costs
/// it a tenth to a sixth of its time. The setting holds for the whole process and cannot be taken back.
public func keepFreedMemory() { CTorch_keepFreedMemory() }

/// Calls a function whose matrix products run in a narrower type on a kind of device.
///
/// Parameters stay as they are; sums, norms and losses stay in `float32`
/// (<https://docs.pytorch.org/docs/stable/amp.html>). The forward pass and the loss go into the function,
/// the backward pass after it. Processors with bfloat16 instructions train at almost twice the speed.
public func withAutocast<Result, Failure: Error>(
  to type: ScalarType, on device: Device, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let kind = device.code.kind
  Tensor.check("withAutocast", [], CTorch_setAutocast(kind, true, type.code))
  defer { Tensor.check("withAutocast", [], CTorch_setAutocast(kind, false, type.code)) }
  return try body()
}

/// The version of libtorch that the package was built with.
public var libtorchVersion: String { String(cString: CTorch_version()) }
