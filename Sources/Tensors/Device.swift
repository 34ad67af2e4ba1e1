internal import CTorch

/// Where a tensor's memory is and its operations run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// An NVIDIA GPU by its number.
  case cuda(Int)
  /// Nowhere: the tensor has a type and a shape but no elements.
  case meta

  /// How many NVIDIA GPUs can be used: 0 where libtorch's CUDA library is not installed.
  public static var cudaCount: Int {
    var count: Int32 = 0
    guard CTorch_cudaDeviceCount(&count) == CTorch_ok else { return 0 }
    return Int(count)
  }

  /// The name that PyTorch gives the device.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    case .meta: "meta"
    }
  }

  var code: CTorch_Device {
    switch self {
    case .cpu: CTorch_Device(kind: CTorch_cpu, index: 0)
    case .cuda(let index): CTorch_Device(kind: CTorch_cuda, index: Int32(index))
    case .meta: CTorch_Device(kind: CTorch_meta, index: 0)
    }
  }

  init(_ code: CTorch_Device) {
    switch code.kind {
    case CTorch_cuda: self = .cuda(Int(code.index))
    case CTorch_meta: self = .meta
    default: self = .cpu
    }
  }
}
