import Kosmos
import Safetensors
import Tensors
import Testing

/// The decoder's logits, loss and gradients are torchscale's (P3 to P6).
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
    #expect(try largestDifference(logits, golden["logits"]) < 1e-5)

    let counted = try golden["lossMask"].reshaped([-1]).nonZeroIndices().reshaped([-1])
    let loss = logits.reshaped([-1, logits.shape[2]]).gathering(counted)
      .crossEntropySum(try golden["targets"].reshaped([-1]).gathering(counted))
    let expected = try golden["loss"].item
    #expect(abs(loss.item - expected) < 1e-5 * expected)
    loss.backward()
    #expect(golden.gradientNames.count == store.parameters.count)
    #expect(try golden.gradientError(store) < 1e-4)
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
