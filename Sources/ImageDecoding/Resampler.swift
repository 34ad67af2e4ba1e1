internal import CImageCodecs

/// Resizes 8-bit images in two passes, across and then down, as Pillow does.
///
/// Each pass rounds to 8 bits; the order of the passes and the rounding decide the last bit. Only the
/// wanted window of the result is computed. The inner loops are in C, where they are vectorised; every
/// index in them follows from ``ResamplingWeights``, whose source ranges lie within the image.
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
    let rowBytes = axis.window.count * channels
    let count = rows.count * rowBytes
    let weights = axis.isIdentity ? nil : ResamplingWeights(axis: axis, filter: filter)
    return source.withUnsafeBufferPointer { pixels in
      [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
        guard let first = pixels.baseAddress, let target = result.baseAddress else { return }
        for row in rows {
          let from = first + row * sourceBytes
          let to = target + (row - rows.lowerBound) * rowBytes
          if let weights {
            weights.withShared { shared in
              if channels == 3 {
                CImageCodecs_acrossRGB(from, axis.sourceLength, shared, to)
              } else {
                CImageCodecs_acrossGrey(from, shared, to)
              }
            }
          } else {
            to.initialize(from: from + axis.window.lowerBound * channels, count: rowBytes)
          }
        }
        initialized = count
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
        guard let rows = pixels.baseAddress, let target = result.baseAddress else { return }
        weights.moved(by: -firstRow).withShared { CImageCodecs_down(rows, rowBytes, $0, target) }
        initialized = count
      }
    }
  }
}
