import Foundation
import Kosmos
import Safetensors
import Tensors
import TestSupport
import Testing

/// A whole model with images is Hugging Face's KOSMOS-2 (P7, P11, P15).
struct KosmosParityTests {
  private let golden: Golden
  private let model: KosmosModel
  private let input: KosmosInput

  init() throws {
    golden = try Golden("kosmos2-tiny")
    var configuration = try KosmosConfiguration(huggingFace: Array(golden.text("config").utf8))
    configuration.visionTraining = .all
    model = try KosmosModel(configuration, source: golden.weights)
    let mask = try golden["imagePositionMask"]
    let places = mask.reshaped([-1]).nonZeroIndices().values(of: Int64.self)
    let slots = stride(from: 0, to: places.count, by: configuration.connector.latents).map {
      Int(places[$0])
    }
    input = KosmosInput(
      tokens: try golden["inputIds"],
      images: KosmosImages(.pixels(try golden["pixelValues"]), slots: slots))
  }

  @Test func featuresAndConnectorAreThoseOfTransformers() throws {
    let pixels = try golden["pixelValues"]
    let features = try golden["visionFeatures"]
    let difference = largestDifference(model.vision.features(pixels), features)
    #expect(ParityReport.note("P15", "features", difference, tolerance: 1e-5) < 1e-5)
    let projected = largestDifference(model.connector(features), try golden["projected"])
    #expect(ParityReport.note("P11", "connector", projected, tolerance: 1e-6) < 1e-6)
  }

  @Test func logitsAreThoseOfTransformers() throws {
    let logits = largestDifference(model.logits(input), try golden["logits"])
    #expect(ParityReport.note("P15", "logits with images", logits, tolerance: 2e-5) < 2e-5)
    let text = largestDifference(
      model.logits(KosmosInput(tokens: input.tokens)), try golden["textOnlyLogits"])
    #expect(ParityReport.note("P7", "logits of text", text, tolerance: 1e-5) < 1e-5)
  }

  @Test func lossAndGradientsAreThoseOfTransformers() throws {
    let loss = model.loss(
      input, targets: try golden["targets"], mask: try golden["lossMask"])
    let expected = try golden["loss"].item
    #expect(abs(loss.sum.item - expected) < 1e-5 * expected)
    #expect(loss.count == Int(try golden["lossMask"].sum().item))
    loss.sum.backward()
    #expect(golden.gradientNames.count > 30)
    let gradients = try golden.gradientError(model.parameters)
    #expect(ParityReport.note("P11", "gradients", gradients, tolerance: 1e-4) < 1e-4)
  }

  @Test func greedyTokensAreThoseOfTransformers() throws {
    let expected = try golden["greedy"]
    let prompt = 14
    let found = withoutGradients {
      let cache = DecoderCache()
      var tokens = [input.tokens.slice(0..<prompt, of: 1)]
      let slots = input.images?.slots.map { $0 / 24 * prompt + $0 % 24 } ?? []
      var images = input.images
      images?.slots = slots
      var logits = model.lastLogits(
        KosmosInput(tokens: tokens[0], images: images), cache: cache)
      for _ in prompt..<24 {
        tokens.append(logits.indexOfLargest(over: -1).insertingDimension(1))
        logits = model.lastLogits(KosmosInput(tokens: tokens[tokens.count - 1]), cache: cache)
      }
      return Tensor.concatenated(tokens, along: 1)
    }
    #expect(found.values(of: Int64.self) == expected.values(of: Int64.self))
  }

  @Test func prefixAndLatentsGiveWhatPixelsGive() throws {
    let expected = model.logits(input)
    let prefix = model.vision.frozenPrefix(try golden["pixelValues"])
    for content in [KosmosImages.Content.prefix(prefix), .latents(model.latents(.prefix(prefix)))] {
      var other = input
      other.images?.content = content
      #expect(largestDifference(model.logits(other), expected) == 0)
    }
  }
}
