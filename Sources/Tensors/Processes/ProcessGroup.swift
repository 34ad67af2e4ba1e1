internal import CTorch

/// A process among others that add up tensors together, through Gloo.
///
/// Sums are the same bits in every process. Those of one order and number of processes are the same in
/// every run.
public final class ProcessGroup {
  private let handle: OpaquePointer
  private var isAbandoned = false

  /// Connects this process with the others, all of which must do so.
  ///
  /// - Parameters:
  ///   - store: How they find each other.
  ///   - rank: The number of this process.
  ///   - size: How many there are.
  ///   - address: An address of this machine to listen at; `nil` takes the interface that
  ///     `GLOO_SOCKET_IFNAME` or the machine's name says.
  ///   - patience: How many seconds connecting may take.
  /// - Throws: ``ProcessError`` where they do not all come in time.
  public init(
    _ store: ProcessStore, rank: Int, size: Int, address: String? = nil, patience: Double = 60
  ) throws(ProcessError) {
    let (own, all) = (Int32(clamping: rank), Int32(clamping: size))
    handle = try made { result in
      guard let address else {
        return CTorch_groupMake(store.handle, own, all, nil, milliseconds(patience), result)
      }
      return CTorch_groupMake(store.handle, own, all, address, milliseconds(patience), result)
    }
  }

  deinit { if !isAbandoned { CTorch_groupFree(handle) } }

  /// Begins to replace a contiguous tensor on the CPU by its sum over all processes.
  ///
  /// All processes begin their sums in one order, and none uses the tensor before its sum is made.
  public func beginSum(_ tensor: Tensor) throws(ProcessError) -> ProcessSum {
    try ProcessSum(made { CTorch_sumBegin(handle, tensor.handle, $0) })
  }

  /// Gives the connections up for lost: ending them would wait for a process that is gone.
  public func abandon() { isAbandoned = true }
}

/// A sum over processes that is being made.
public final class ProcessSum {
  private let handle: OpaquePointer

  fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { CTorch_sumFree(handle) }

  /// Waits for the sum, for so many seconds at most, and tells whether it is made.
  ///
  /// - Throws: ``ProcessError`` where it never will be, since another process is gone.
  public func wait(atMost seconds: Double) throws(ProcessError) -> Bool {
    let status = CTorch_sumWait(handle, milliseconds(seconds))
    if status != CTorch_ok && !CTorch_sumHasEnded(handle) { return false }
    if status != CTorch_ok {
      // It may have ended between the two calls.
      try require(CTorch_sumWait(handle, milliseconds(seconds)))
    }
    return true
  }
}
