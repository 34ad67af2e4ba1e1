import Foundation
import Kosmos
import Tensors
import TestSupport
import Testing

/// New weights have the standard deviations of theory and reference (P10).
struct InitialisationTests {
  private struct Reference: Decodable {
    var std: [String: [String: Double]]
  }

  private func store(
    _ initialization: DecoderConfiguration.Initialization, layers: Int, seed: UInt64 = 7
  ) throws -> ParameterStore {
    let store = ParameterStore(RandomParameters(seed: seed))
    _ = try MagnetoDecoder(
      store.root,
      DecoderConfiguration(
        vocabularySize: 300, width: 256, layers: layers, heads: 4, maximumLength: 32,
        positions: .none,
        initialization: initialization))
    return store
  }

  private func deviation(_ tensor: Tensor) -> Double {
    (tensor - tensor.mean()).squared().mean().squareRoot().item
  }

  private static let names = [
    "q_proj": "self_attn.q_proj", "k_proj": "self_attn.k_proj", "v_proj": "self_attn.v_proj",
    "out_proj": "self_attn.out_proj", "fc1": "ffn.fc1", "fc2": "ffn.fc2",
  ]

  @Test(arguments: [2, 12, 24])
  func torchscaleModeHasTorchscalesDeviations(layers: Int) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let reference = try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: folder.appending(path: "Fixtures/init-torchscale.json")))
    let expected = try #require(reference.std["\(layers)"])
    let store = try store(.torchscale, layers: layers)
    for (name, path) in Self.names {
      let weight = try #require(store["layers.1.\(path).weight"])
      let std = try #require(expected[name])
      let error = abs(deviation(weight) / std - 1)
      #expect(
        ParityReport.note("P10", "deviations, torchscale's", error, tolerance: 0.02) < 0.02,
        "\(name)")
      #expect(abs(weight.mean().item) < 0.02 * std)
      let bias = try #require(store["layers.1.\(path).bias"])
      #expect(abs(deviation(bias) / std - 1) < 0.15, "\(name)'s bias")
    }
  }

  @Test(arguments: [2, 12, 24])
  func magnetoModeHasThePapersDeviations(layers: Int) throws {
    let store = try store(.magneto, layers: layers)
    let gain = log(2 * Double(layers)).squareRoot()
    let square = 1 / 256.0.squareRoot()
    let wide = (2 / (5 * 256.0)).squareRoot()
    let expected = [
      "q_proj": square, "k_proj": square, "v_proj": gain * square, "out_proj": gain * square,
      "fc1": gain * wide, "fc2": gain * wide,
    ]
    for (name, path) in Self.names {
      let weight = try #require(store["layers.0.\(path).weight"])
      let std = try #require(expected[name])
      let error = abs(deviation(weight) / std - 1)
      #expect(
        ParityReport.note("P10", "deviations, the paper's", error, tolerance: 0.02) < 0.02,
        "\(name)")
      #expect(abs(weight.mean().item) < 0.02 * std)
      #expect(try #require(store["layers.0.\(path).bias"]).absolute().largest().item == 0)
    }
    let embeddings = try #require(store["embed_tokens.weight"])
    #expect(embeddings.element(1).absolute().largest().item == 0)
    #expect(abs(deviation(embeddings.slice(2..<300, of: 0)) / square - 1) < 0.02)
  }

  @Test func theSeedAloneDecides() throws {
    let first = try store(.magneto, layers: 2)
    let again = try store(.magneto, layers: 3)
    let other = try store(.magneto, layers: 2, seed: 8)
    let name = "layers.1.self_attn.q_proj.weight"
    #expect(first[name]?.bytes() == again[name]?.bytes())
    #expect(first[name]?.bytes() != other[name]?.bytes())
    #expect(
      first[name]?.bytes() != first["layers.0.self_attn.q_proj.weight"]?.bytes())
  }

  @Test func theGainOfThePapersModelIsThePapers() {
    #expect(abs(KosmosConfiguration.kosmos1.decoder.gain - 1.96754) < 1e-5)
  }
}
