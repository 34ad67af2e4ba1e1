import Tensors
import TestSupport
import Testing

@testable import Kosmos

/// Attention and the feed-forward network, each by itself, are torchscale's (P3, P4).
struct BlockParityTests {
  private func configuration(
    _ golden: Golden, width: String, positions: PositionEncoding
  ) throws -> DecoderConfiguration {
    DecoderConfiguration(
      vocabularySize: 10, width: try golden.number(width), layers: 1,
      heads: try golden.number("heads"), maximumLength: 64, positions: positions)
  }

  @Test(arguments: ["xpos", "plain"])
  func attentionIsThatOfTorchscale(kind: String) throws {
    let golden = try Golden("attention")
    let base = Double(try golden.number("xposScaleBase"))
    let configuration = try configuration(
      golden, width: "hidden", positions: kind == "xpos" ? .xPos(scaleBase: base) : .none)
    let weights = StoredParameters(golden.file) { "weight.\(kind).\($0)" }
    let attention = try MagnetoAttention(ParameterStore(weights).root, configuration)
    let x = try golden["\(kind).input"]
    let length = x.shape[1]
    let factors = RotaryFactors(
      positions: length, headWidth: configuration.headWidth, scaleBase: base, centre: 9)
    let pass = DecoderPass(
      rotation: kind == "xpos" ? factors.slice(0..<length) : nil, mask: .causal, cache: nil,
      dropout: Dropout(probability: 0, generator: nil),
      attentionDropout: Dropout(probability: 0, generator: nil))
    let found = largestDifference(attention(x, pass, layer: 0), try golden["\(kind).output"])
    #expect(ParityReport.note("P3", "attention, \(kind)", found, tolerance: 2e-6) < 2e-6)
  }

  @Test(arguments: [0, 2])
  func feedForwardNetworkIsThatOfTorchscale(layer: Int) throws {
    let golden = try Golden("decoder-xpos")
    let weights = StoredParameters(golden.file) { "weight.layers.\(layer).ffn.\($0)" }
    let network = try MagnetoFeedForward(
      ParameterStore(weights).root, configuration(golden, width: "hidden", positions: .none))
    let found = largestRelativeDifference(
      network(try golden["ffn.\(layer).input"]), try golden["ffn.\(layer).output"])
    #expect(
      ParityReport.note("P4", "feed-forward network \(layer)", found, tolerance: 2e-6) < 2e-6)
  }
}
