/// Resizes 8-bit images in two passes, across and then down, as Pillow does.
///
/// Each pass rounds to 8 bits; the order of the passes and the rounding decide the last bit. Only the
/// wanted window of the result is computed. This file alone reads pixels through unsafe pointers,
/// since bounds checks keep the inner loops from being vectorised; every index in it follows from
/// ``ResamplingWeights``, whose source ranges lie within the image.
struct Resampler {
  var channels: Int
  var filter: ResamplingFilter

  func resample(_ source: [UInt8], to target: ResamplingTarget) -> [UInt8] {
    let down = ResamplingWeights(axis: target.vertical, filter: filter)
    let window = target.vertical.window
    // The source rows that the wanted rows are made of.
    let rows =
      target.vertical.isIdentity
      ? window : (down.starts.first ?? 0)..<((down.starts.last ?? 0) + (down.counts.last ?? 0))
    let across = acrossPass(source, rows: rows, axis: target.horizontal)
    if target.vertical.isIdentity { return across }
    return downPass(
      across, rowBytes: target.horizontal.window.count * channels, firstRow: rows.lowerBound, down)
  }

  /// Resizes the given rows across; the result holds those rows alone.
  private func acrossPass(
    _ source: [UInt8], rows: Range<Int>, axis: ResamplingAxis
  ) -> [UInt8] {
    let sourceBytes = axis.sourceLength * channels
    let count = rows.count * axis.window.count * channels
    let weights = axis.isIdentity ? nil : ResamplingWeights(axis: axis, filter: filter)
    return source.withUnsafeBufferPointer { pixels in
      [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
        let rowBytes = axis.window.count * channels
        for row in rows {
          let from = UnsafeBufferPointer(
            rebasing: pixels[row * sourceBytes..<(row + 1) * sourceBytes])
          let place = (row - rows.lowerBound) * rowBytes
          let to = UnsafeMutableBufferPointer(rebasing: result[place..<place + rowBytes])
          if let weights {
            channels == 3 ? acrossRGB(from, to, weights) : acrossGrey(from, to, weights)
          } else {
            let start = axis.window.lowerBound * channels
            _ = to.initialize(from: from[start..<start + rowBytes])
          }
        }
        initialized = count
      }
    }
  }

  private func acrossRGB(
    _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>,
    _ weights: ResamplingWeights
  ) {
    weights.weights.withUnsafeBufferPointer { all in
      for index in 0..<weights.starts.count {
        var place = weights.starts[index] * 3
        var red = half
        var green = half
        var blue = half
        let first = index * weights.stride
        for tap in first..<first + weights.counts[index] {
          let weight = all[tap]
          red &+= Int32(source[place]) &* weight
          green &+= Int32(source[place + 1]) &* weight
          blue &+= Int32(source[place + 2]) &* weight
          place += 3
        }
        target[3 * index] = level(red)
        target[3 * index + 1] = level(green)
        target[3 * index + 2] = level(blue)
      }
    }
  }

  private func acrossGrey(
    _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>,
    _ weights: ResamplingWeights
  ) {
    weights.weights.withUnsafeBufferPointer { all in
      for index in 0..<weights.starts.count {
        let start = weights.starts[index]
        let first = index * weights.stride
        var sum = half
        for tap in 0..<weights.counts[index] {
          sum &+= Int32(source[start + tap]) &* all[first + tap]
        }
        target[index] = level(sum)
      }
    }
  }

  /// Resizes down rows whose first is the source's row `firstRow`.
  private func downPass(
    _ source: [UInt8], rowBytes: Int, firstRow: Int, _ weights: ResamplingWeights
  ) -> [UInt8] {
    let count = weights.starts.count * rowBytes
    return source.withUnsafeBufferPointer { pixels in
      [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowBytes) { sums in
          for index in 0..<weights.starts.count {
            sums.initialize(repeating: half)
            for tap in 0..<weights.counts[index] {
              let weight = weights.weights[index * weights.stride + tap]
              let place = (weights.starts[index] - firstRow + tap) * rowBytes
              for column in 0..<rowBytes {
                sums[column] &+= Int32(pixels[place + column]) &* weight
              }
            }
            let place = index * rowBytes
            for column in 0..<rowBytes { result[place + column] = level(sums[column]) }
          }
        }
        initialized = count
      }
    }
  }
}

/// One half in fixed point, added so that the final shift rounds.
private let half: Int32 = 1 << (ResamplingWeights.fractionBits - 1)

@inline(__always)
private func level(_ sum: Int32) -> UInt8 {
  UInt8(clamping: sum >> ResamplingWeights.fractionBits)
}
