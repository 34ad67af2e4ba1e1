internal import CImageCodecs
public import Documents
import Glibc

extension DecodedImage {
  /// A hash that is close, in bits that differ, for images that look alike.
  ///
  /// It is the `phash` of ImageHash 4.3, bit for bit: luminance at 32x32 pixels by Lanczos
  /// interpolation, the 8x8 lowest frequencies of its cosine transform, one bit for each that is above
  /// their median, the first in the highest bit. Two images at most 5 bits apart count as duplicates
  /// in mmc4 (Zhu et al. 2023, §3).
  public var perceptualHash: PerceptualHash {
    let side = 32
    let target = ResamplingTarget(
      horizontal: .init(sourceLength: width, length: side, window: 0..<side),
      vertical: .init(sourceLength: height, length: side, window: 0..<side))
    let small = Resampler(channels: 1, filter: .lanczos).resample(luminance, to: target)
    let frequencies = Self.lowFrequencies(of: small.map(Double.init), side: side)
    let sorted = frequencies.sorted()
    let median = (sorted[31] + sorted[32]) / 2
    return PerceptualHash(bits: frequencies.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) })
  }

  /// ITU-R BT.601 luminance in the fixed point of Pillow's conversion to `L`.
  private var luminance: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: width * height) { grey, count in
      guard let target = grey.baseAddress else { return }
      CImageCodecs_luminance(pixels, width * height, target)
      count = width * height
    }
  }

  /// The 8x8 lowest frequencies, row by row, of the cosine transform down and then across.
  private static func lowFrequencies(of pixels: [Double], side: Int) -> [Double] {
    var columns: [[Double]] = []
    for column in 0..<side {
      columns.append(
        cosineTransform(stride(from: column, to: pixels.count, by: side).map { pixels[$0] }))
    }
    return (0..<8).flatMap { row in
      cosineTransform(columns.map { $0[row] }).prefix(8)
    }
  }

  /// The unscaled DCT-II, by halves: the sums of mirrored values give the even frequencies, their
  /// differences the odd ones.
  ///
  /// Symmetric images have frequencies of exactly zero, and the median is often one of them. Taking
  /// differences first keeps such zeros exact, where a plain sum of cosines leaves rounding noise
  /// that would decide the bit.
  private static func cosineTransform(_ values: [Double]) -> [Double] {
    let count = values.count
    if count == 1 { return [2 * values[0]] }
    let half = count / 2
    let sums = (0..<half).map { values[$0] + values[count - 1 - $0] }
    let differences = (0..<half).map { values[$0] - values[count - 1 - $0] }
    let even = cosineTransform(sums)
    return (0..<count).map { frequency in
      if frequency % 2 == 0 { return even[frequency / 2] }
      let cosines = Self.cosines[count.trailingZeroBitCount][frequency]
      return 2
        * differences.indices.reduce(0) { sum, index in
          sum + differences[index] * cosines[index]
        }
    }
  }

  /// For each power of two up to 32 and each frequency, the cosines of the transform of so many values.
  private static let cosines: [[[Double]]] = (0...5).map { power in
    let count = 1 << power
    return (0..<count).map { frequency in
      let step = Double.pi * Double(frequency) / Double(2 * count)
      return (0..<count / 2).map { cos(step * Double(2 * $0 + 1)) }
    }
  }
}
