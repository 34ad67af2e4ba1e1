import Kosmos
import Safetensors
import Tensors
import TestSupport
import Testing

/// The decoder's logits, loss and gradients are torchscale's (P5, P6).
struct DecoderParityTests {
  private func decoder(_ golden: Golden) throws -> (MagnetoDecoder, ParameterStore) {
    let store = ParameterStore(golden.weights)
    let length = try golden["tokens"].shape[1]
    let configuration = DecoderConfiguration(
      vocabularySize: try golden.number("vocabulary"), width: try golden.number("hidden"),
      layers: try golden.number("layers"), heads: try golden.number("heads"),
      feedForwardWidth: try golden.number("ffn"), maximumLength: length,
      positions: try golden.text("xpos") == "true"
        ? .xPos(scaleBase: Double(try golden.number("xposScaleBase"))) : .none)
    return (try MagnetoDecoder(store.root, configuration), store)
  }

  @Test(arguments: ["decoder-xpos", "decoder-nopos"].filter(Golden.isPresent))
  func logitsLossAndGradientsAreThoseOfTorchscale(name: String) throws {
    let golden = try Golden(name)
    let (decoder, store) = try decoder(golden)
    let tokens = try golden["tokens"]
    let logits = decoder.logits(decoder(decoder.embed(tokens)))
    let difference = largestDifference(logits, try golden["logits"])
    #expect(ParityReport.note("P5", "logits, \(name)", difference, tolerance: 1e-5) < 1e-5)

    let counted = try golden["lossMask"].reshaped([-1]).nonZeroIndices().reshaped([-1])
    let loss = logits.reshaped([-1, logits.shape[2]]).gathering(counted)
      .crossEntropySum(try golden["targets"].reshaped([-1]).gathering(counted))
    let expected = try golden["loss"].item
    #expect(abs(loss.item - expected) < 1e-5 * expected)
    loss.backward()
    #expect(golden.gradientNames.count == store.parameters.count)
    let gradients = try golden.gradientError(store)
    #expect(ParityReport.note("P6", "gradients, \(name)", gradients, tolerance: 1e-4) < 1e-4)
  }

  /// New weights give logits of the size of 1.
  ///
  /// Products of numbers of eight bits leave errors of a normal distribution; the largest of 25,600 is six
  /// times their mean.
  @Test func logitsInBfloat16AreNearThoseInFloat32() throws {
    let configuration = DecoderConfiguration(
      vocabularySize: 200, width: 128, layers: 4, heads: 4, maximumLength: 64,
      positions: .xPos(scaleBase: 32))
    let decoder = try MagnetoDecoder(
      ParameterStore(RandomParameters(seed: 1)).root, configuration)
    let tokens = Tensor((0..<128).map { Int64(2 + $0 * 37 % 190) }, shape: [2, 64])
    func logits() -> Tensor { decoder.logits(decoder(decoder.embed(tokens))) }
    let (narrow, wide) = withoutGradients {
      (withAutocast(to: .bfloat16, on: .cpu, logits), logits())
    }
    #expect(narrow.type == .bfloat16)
    let difference = narrow.converted(to: .float32) - wide
    let size = wide.squared().mean().squareRoot().item
    #expect((0.5...1.5).contains(size))
    let mean = difference.absolute().mean().item
    let largest = difference.absolute().largest().item
    #expect(ParityReport.note("bf16", "logits, the mean difference", mean, tolerance: 0.02) < 0.02)
    #expect(ParityReport.note("bf16", "logits, the largest", largest, tolerance: 0.06) < 0.06)
  }

  @Test func bfloat16StaysBesideFloat32() throws {
    let golden = try Golden("decoder-xpos")
    let (decoder, store) = try decoder(golden)
    let tokens = try golden["tokens"]
    let logits = withAutocast(to: .bfloat16, on: .cpu) {
      decoder.logits(decoder(decoder.embed(tokens))).converted(to: .float32)
    }
    let counted = try golden["lossMask"].reshaped([-1]).nonZeroIndices().reshaped([-1])
    let loss = logits.reshaped([-1, logits.shape[2]]).gathering(counted)
      .crossEntropySum(try golden["targets"].reshaped([-1]).gathering(counted))
    let mean = abs(loss.item - (try golden["loss"].item)) / Double(counted.elementCount)
    #expect(ParityReport.note("bf16", "mean loss", mean, tolerance: 5e-3) < 5e-3)
    loss.backward()
    for parameter in store.parameters {
      #expect(parameter.tensor.gradient?.type == .float32, "\(parameter.name)")
    }
    #expect(try golden.gradientError(store) < 0.1)
  }

  @Test func paddingOnTheRightChangesNothing() throws {
    let (decoder, _) = try decoder(Golden("decoder-xpos"))
    let tokens = Tensor((0..<20).map { Int64($0 % 90 + 4) }, shape: [2, 10])
    let padded = Tensor.concatenated([tokens, .ones([2, 5], type: .int64)], along: 1)
    let padding = padded.equal(to: 1)
    let plain = decoder(decoder.embed(tokens))
    for mask in [nil, padding] {
      let found = decoder(decoder.embed(padded), padding: mask).slice(0..<10, of: 1)
      #expect(largestDifference(found, plain) < 1e-5)
    }
  }

  @Test func paddingOnTheLeftIsNotSeen() throws {
    let (decoder, _) = try decoder(Golden("decoder-xpos"))
    let tokens = Tensor((0..<10).map { Int64($0 % 90 + 4) }, shape: [1, 10])
    let padded = Tensor.concatenated([.ones([1, 3], type: .int64), tokens], along: 1)
    let found = decoder(decoder.embed(padded), padding: padded.equal(to: 1))
    #expect(found.isFinite().all().item == 1)
    // Rotation knows distances alone, so three positions on all tokens change nothing.
    let difference = largestDifference(
      found.slice(3..<13, of: 1), decoder(decoder.embed(tokens)))
    #expect(difference < 1e-4)
  }
}
