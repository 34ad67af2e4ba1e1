import Kosmos
import Tensors
import TestSupport
import Testing

/// Blocks that the backward pass computes again give the losses and gradients of those that are kept.
struct RecomputationTests {
  private func result(
    _ configuration: KosmosConfiguration, recomputing: Bool, narrow: Bool
  ) throws -> (loss: [UInt8], gradients: [[UInt8]], generator: [UInt8]) {
    let model = try KosmosModel(configuration, seed: 1)
    model.decoder.recomputesBlocks = recomputing
    let tokens = Tensor((0..<32).map { Int64($0 + 2) }, shape: [2, 16])
    let input = KosmosInput(
      tokens: tokens,
      images: KosmosImages(
        .pixels(Generator(seed: 3).normal([2, 3, 28, 28])), slots: [2, 17]))
    let generator = Generator(seed: 5)
    func loss() -> KosmosLoss {
      model.loss(
        input, targets: tokens, mask: .ones([2, 16], type: .uint8), training: generator)
    }
    // Two passes, since gradients of several micro-batches are added up.
    let losses = (0..<2).map { _ in
      let loss = narrow ? withAutocast(to: .bfloat16, on: .cpu, loss) : loss()
      loss.sum.backward()
      return loss.sum.bytes()
    }
    let gradients = try model.parameters.trainable.map { parameter in
      let gradient = try #require(parameter.tensor.gradient, "\(parameter.name)")
      #expect(gradient.type == .float32, "\(parameter.name)")
      return gradient.bytes()
    }
    return (losses.flatMap(\.self), gradients, generator.state)
  }

  @Test(arguments: [false, true], [false, true])
  func lossesAndGradientsAreTheSameBits(dropout: Bool, narrow: Bool) throws {
    setThreads(1)
    var configuration = KosmosConfiguration.tiny
    if dropout {
      configuration.decoder.dropout = 0.2
      configuration.decoder.attentionDropout = 0.1
    }
    let kept = try result(configuration, recomputing: false, narrow: narrow)
    let recomputed = try result(configuration, recomputing: true, narrow: narrow)
    #expect(recomputed.loss == kept.loss)
    #expect(recomputed.gradients == kept.gradients)
    #expect(recomputed.generator == kept.generator)
  }

  @Test func outputsWithoutGradientsAreTheSame() throws {
    let model = try KosmosModel(.tiny, seed: 1)
    let input = KosmosInput(tokens: Tensor((2..<18).map(Int64.init), shape: [1, 16]))
    let plain = withoutGradients { model.logits(input) }
    model.decoder.recomputesBlocks = true
    #expect(withoutGradients { model.logits(input) }.bytes() == plain.bytes())
    let cached = withoutGradients { model.logits(input, cache: DecoderCache()) }
    #expect(largestDifference(cached, plain) < 1e-5)
  }
}
