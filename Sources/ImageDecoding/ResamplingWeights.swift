internal import CImageCodecs

/// One direction of a resize: the lengths, and the stretch of the result that is wanted.
struct ResamplingAxis {
  var sourceLength: Int
  var length: Int
  /// The wanted part of `0..<length`.
  var window: Range<Int>

  /// Whether the direction is copied as it is.
  var isIdentity: Bool { sourceLength == length }
}

/// Both directions of a resize.
struct ResamplingTarget {
  var horizontal: ResamplingAxis
  var vertical: ResamplingAxis
}

/// For each wanted pixel of one direction, the source pixels it is made of and their weights.
///
/// This is the arithmetic of Pillow's `precompute_coeffs` and `normalize_coeffs_8bpc`
/// (`src/libImaging/Resample.c`): weights are normalised as doubles, then rounded to fixed point.
struct ResamplingWeights {
  /// Bits after the binary point: 32 less 8 for the pixel and 2 for sums beyond 1.
  private static let fractionBits = Int32(CImageCodecs_fractionBits)

  /// The first source pixel of each wanted pixel.
  private(set) var starts: [Int] = []
  /// The number of source pixels of each wanted pixel.
  private(set) var counts: [Int] = []
  /// The weights of all wanted pixels, `stride` for each.
  private(set) var weights: [Int32] = []
  /// The distance between the weights of two neighbouring wanted pixels.
  let stride: Int

  init(axis: ResamplingAxis, filter: ResamplingFilter) {
    let scale = Double(axis.sourceLength) / Double(axis.length)
    let filterScale = max(scale, 1)
    let support = filter.support * filterScale
    stride = Int(support.rounded(.up)) * 2 + 1
    starts.reserveCapacity(axis.window.count)
    counts.reserveCapacity(axis.window.count)
    weights.reserveCapacity(axis.window.count * stride)
    var row = [Double](repeating: 0, count: stride)
    for index in axis.window {
      let centre = (Double(index) + 0.5) * scale
      let first = max(Int(centre - support + 0.5), 0)
      let end = min(Int(centre + support + 0.5), axis.sourceLength)
      let count = end - first
      var sum = 0.0
      for tap in 0..<count {
        let offset = (Double(tap + first) - centre + 0.5) * (1 / filterScale)
        row[tap] = filter.weight(at: offset)
        sum += row[tap]
      }
      starts.append(first)
      counts.append(count)
      for tap in 0..<stride {
        weights.append(tap < count ? Self.fixedPoint(sum == 0 ? row[tap] : row[tap] / sum) : 0)
      }
    }
  }

  /// The same weights for a source of which the first pixels are missing.
  func moved(by distance: Int) -> ResamplingWeights {
    var moved = self
    moved.starts = starts.map { $0 + distance }
    return moved
  }

  /// Calls a function with the weights as the loops in C take them.
  func withShared(_ body: (CImageCodecs_Weights) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      counts.withUnsafeBufferPointer { counts in
        weights.withUnsafeBufferPointer { weights in
          guard let first = starts.baseAddress, let counts = counts.baseAddress,
            let weights = weights.baseAddress
          else { return }
          body(
            CImageCodecs_Weights(
              starts: first, counts: counts, weights: weights, stride: stride,
              outputs: starts.count))
        }
      }
    }
  }

  private static func fixedPoint(_ weight: Double) -> Int32 {
    let scaled = weight * Double(1 << fractionBits)
    return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
  }
}
