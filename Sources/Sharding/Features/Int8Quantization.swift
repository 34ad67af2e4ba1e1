/// Features as whole numbers of 8 bits: symmetric, with one scale for each 64 channels of each token.
///
/// A feature is its value times the scale of its group. The scale is the group's largest magnitude over
/// 127 as F16, rounded up, so that no value is cut off, and at least 2⁻¹⁴, the smallest number that F16
/// holds with all its bits. Values are quotients by that very scale, rounded to the nearest whole number
/// and to the even one of two: a feature comes back within half a scale, and what came back is quantised
/// to the same values and scales again. F16 makes the scales 3 % of the bytes where F32 would make them
/// 6 %, and costs no precision, since the quotients are by the scale as it is stored.
///
/// Groups are no larger than 64 because the residual stream of CLIP has a few channels of far larger
/// magnitude than the others (`LLM.int8()`, Dettmers and others 2022, describes them in language models):
/// they make coarse only the group they are in.
public struct Int8Quantization: Hashable, Sendable {
  /// The channels that share a scale.
  public static let groupSize = 64

  /// The values, token after token, from -127 to 127.
  public let values: [Int8]
  /// The scales, token after token and group after group.
  public let scales: [Float16]
  /// The channels of a token.
  public let width: Int

  private static let smallestScale = Float16.leastNormalMagnitude
  private static let largestValue: Float = 127

  /// The groups of a token; the last has fewer channels where the width is no multiple of 64.
  public static func groups(ofWidth width: Int) -> Int { (width + groupSize - 1) / groupSize }

  /// Puts together what was stored.
  ///
  /// - Precondition: There are as many scales as the values have groups.
  public init(values: [Int8], scales: [Float16], width: Int) {
    precondition(
      width > 0 && values.count % width == 0
        && scales.count == values.count / width * Self.groups(ofWidth: width),
      "a scale for each group of each token")
    self.values = values
    self.scales = scales
    self.width = width
  }

  /// Quantises features.
  ///
  /// - Parameter features: Whole tokens of the width, one after the other.
  /// - Returns: `nil` where a number is not finite, or its group's scale is more than F16 holds: a
  ///   magnitude above 8.3 million.
  public init?(_ features: [Float], width: Int) {
    precondition(width > 0 && features.count % width == 0, "whole tokens of the width")
    var values: [Int8] = []
    var scales: [Float16] = []
    values.reserveCapacity(features.count)
    for token in stride(from: 0, to: features.count, by: width) {
      for start in stride(from: token, to: token + width, by: Self.groupSize) {
        let group = features[start..<min(start + Self.groupSize, token + width)]
        guard let scale = Self.scale(of: group) else { return nil }
        scales.append(scale)
        let divisor = Float(scale)
        for feature in group {
          values.append(Int8((feature / divisor).rounded(.toNearestOrEven)))
        }
      }
    }
    self.values = values
    self.scales = scales
    self.width = width
  }

  /// The features: each value times the scale of its group, exact in single precision.
  public var features: [Float] {
    let groups = Self.groups(ofWidth: width)
    return values.indices.map { index in
      let (token, channel) = index.quotientAndRemainder(dividingBy: width)
      return Float(values[index]) * Float(scales[token * groups + channel / Self.groupSize])
    }
  }

  private static func scale(of group: ArraySlice<Float>) -> Float16? {
    var largest: Float = 0
    for feature in group {
      // A NaN compares as no number does, so that only this catches it.
      guard feature.isFinite else { return nil }
      largest = max(largest, abs(feature))
    }
    let wanted = largest / largestValue
    var scale = Float16(wanted)
    if Float(scale) < wanted { scale = scale.nextUp }
    return scale.isFinite ? max(scale, smallestScale) : nil
  }
}
