import Glibc

/// The interpolation kernels, evaluated in the same order of operations as Pillow's, so that the
/// weights are the same to the bit.
enum ResamplingFilter {
  /// Straight lines from each pixel to the next.
  case bilinear
  /// Keys's cubic convolution with a = -1/2 (doi:10.1109/TASSP.1981.1163711).
  case bicubic
  /// Lanczos's windowed sinc with three lobes.
  case lanczos

  /// How far the kernel reaches either way, in source pixels at scale 1.
  var support: Double {
    switch self {
    case .bilinear: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  func weight(at offset: Double) -> Double {
    switch self {
    case .bilinear: max(0, 1 - abs(offset))
    case .bicubic: Self.bicubic(abs(offset))
    case .lanczos: Self.lanczos(offset)
    }
  }

  private static func bicubic(_ x: Double) -> Double {
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }

  private static func lanczos(_ x: Double) -> Double {
    -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0
  }

  private static func sinc(_ x: Double) -> Double {
    if x == 0 { return 1 }
    let angle = x * .pi
    return sin(angle) / angle
  }
}
