import FeatureTraining
import Kosmos
import Sharding
import Tensors
import TestSupport
import Testing

/// P23 and X6 of the model's specification: training with the frozen prefix's features kept in a file
/// is training with the images themselves.
struct FrozenFeaturesTests {
  private static let configuration = KosmosConfiguration(
    vision: VisionConfiguration(
      imageSize: 28, patchSize: 14, width: 128, layers: 3, heads: 2, feedForwardWidth: 256),
    connector: ConnectorConfiguration(latents: 4),
    decoder: DecoderConfiguration(
      vocabularySize: 40, width: 32, layers: 2, heads: 2, maximumLength: 24,
      positions: .xPos(forLength: 24)))

  /// Images of noise whose first pixel decides the words that follow them.
  private static func examples(_ count: Int) -> [FeatureTraining.Example] {
    var generator = SeededGenerator(seed: 4)
    return (0..<count).map { _ in
      let planes = (0..<3 * 28 * 28).map { _ in Float.random(in: -2...2, using: &generator) }
      let words = (0..<6).map { Int32(10 + ($0 * (planes[0] > 0 ? 3 : 5)) % 20) }
      return FeatureTraining.Example(
        planes: planes, tokens: [0, 38, 38, 38, 38, 38, 39] + words + [2],
        lossMask: [UInt8](repeating: 0, count: 7) + [UInt8](repeating: 1, count: 7), slot: 2)
    }
  }

  @Test func cachedFeaturesTrainAsPixelsDo() throws {
    setThreads(1)
    let training = FeatureTraining(Self.configuration, Self.examples(40), batchSize: 8)
    let pixels = try training.run(steps: 50)
    #expect(try #require(pixels.losses.last) < 0.7 * pixels.losses[0])
    let features = try training.features()
    let vision = Self.configuration.vision
    let losses = try FeatureStorage.allCases.map { storage in
      let layout = FeatureLayout(storage, tokens: vision.tokenCount, width: vision.width)
      let loss = try training.loss(layout, features: features, pixels: pixels)
      return (storage, loss)
    }
    for (storage, loss) in losses {
      switch storage {
      case .float32: #expect(loss.isIdentical && loss.largest == 0)
      case .float16: #expect(loss.largest < 1e-3 && loss.leastCosine > 0.999999)
      case .int8: #expect(loss.largest < 5e-3 && loss.leastCosine > 0.9999)
      }
      // What is rounded is not the same: the comparison can tell.
      #expect(loss.isIdentical == (storage == .float32))
    }
  }

  @Test func thePrefixStaysAsItIs() throws {
    setThreads(1)
    let training = FeatureTraining(Self.configuration, Self.examples(8), batchSize: 8)
    let (before, after) = (try training.run(steps: 0), try training.run(steps: 5))
    let frozen = Set(try training.frozenNames())
    let changed = Set(
      before.parameters.keys.filter { before.parameters[$0] != after.parameters[$0] })
    #expect(changed.isDisjoint(with: frozen))
    #expect(frozen.contains { $0.contains("encoder.layers.1.") })
    #expect(changed.contains { $0.contains("vision_model.model.encoder.layers.2.") })
    #expect(changed.contains { $0.contains("post_layernorm") })
    #expect(!frozen.contains { $0.contains("encoder.layers.2.") })
  }
}
