public import Sharding

/// What a storage of features does to a training.
public struct FeatureLoss: Sendable {
  /// The largest difference of a step's loss from that with pixels.
  public let largest: Double
  /// The difference of the last step's loss.
  public let final: Double
  /// Whether all losses and all parameters are those with pixels, bit for bit.
  public let isIdentical: Bool
  /// The least cosine of a token's stored features with what the encoder gave.
  public let leastCosine: Double
}

extension FeatureTraining {
  /// Trains with features as a storage keeps them, and compares with a training on pixels.
  ///
  /// - Parameters:
  ///   - pixels: The training on pixels.
  ///   - features: What the encoder gives of each image.
  ///   - layout: How features are kept.
  public func loss(
    _ layout: FeatureLayout, features: [[Float]], pixels: Outcome
  ) throws -> FeatureLoss {
    let stored = features.map { features in
      guard let bytes = layout.stored(features) else {
        preconditionFailure("a random encoder's features can be stored")
      }
      return layout.features(bytes)
    }
    let outcome = try run(steps: pixels.losses.count, features: stored)
    let differences = zip(outcome.losses, pixels.losses).map { abs($0 - $1) }
    return FeatureLoss(
      largest: differences.max() ?? 0, final: differences.last ?? 0,
      isIdentical: outcome.losses == pixels.losses && outcome.parameters == pixels.parameters,
      leastCosine: zip(stored, features).map { leastCosine($0, $1, width: layout.width) }.min() ?? 1
    )
  }
}

/// The least cosine of the tokens of two images.
private func leastCosine(_ one: [Float], _ other: [Float], width: Int) -> Double {
  stride(from: 0, to: one.count, by: width).map { start in
    var (product, first, second) = (0.0, 0.0, 0.0)
    for index in start..<start + width {
      let (x, y) = (Double(one[index]), Double(other[index]))
      product += x * y
      first += x * x
      second += y * y
    }
    return product / (first * second).squareRoot()
  }.min() ?? 1
}
