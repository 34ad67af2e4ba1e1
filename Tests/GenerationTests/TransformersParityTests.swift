import Foundation
import Generation
import Kosmos
import Safetensors
import Tensors
import Testing

/// Greedy and beam search on a small KOSMOS-2 with images write the tokens that transformers wrote.
///
/// The golden is the one of the model's own tests, or that of the folder `WEFT_PARITY` names.
struct TransformersParityTests {
  private static let promptLength = 14
  private let file: SafetensorsFile
  private let model: KosmosModel

  init() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["WEFT_PARITY"] ?? tests.path + "/KosmosTests/Fixtures"
    file = try SafetensorsFile(path: folder + "/kosmos2-tiny.safetensors")
    model = try KosmosModel(
      KosmosConfiguration(
        vision: VisionConfiguration(
          imageSize: 56, patchSize: 14, width: 32, layers: 3, heads: 4, feedForwardWidth: 128),
        connector: ConnectorConfiguration(latents: 8),
        decoder: DecoderConfiguration(
          vocabularySize: 120, width: 64, layers: 3, heads: 4, feedForwardWidth: 256,
          maximumLength: 128, positions: .sinusoidal)),
      source: StoredParameters(file) { "weight.\($0)" })
  }

  private func rows(_ name: String) throws -> [[Int32]] {
    let view = try file.tensor(named: name, .int64, shape: [2, 24])
    let values = try view.values(as: Int64.self).map(Int32.init)
    return [Array(values[..<24]), Array(values[24...])]
  }

  @Test(
    arguments: [
      ("greedy", .greedy), ("beam5", .beam(BeamSearch(width: 5))),
    ] as [(String, DecodingStrategy)])
  func theTokensAreThoseOfTransformers(name: String, strategy: DecodingStrategy) throws {
    let pixels = try #require(Tensor(try file.tensor(named: "pixelValues")))
    for (row, expected) in try rows(name).enumerated() {
      let prompt = Array(try rows("inputIds")[row][..<Self.promptLength])
      let images = KosmosImages(.pixels(pixels.slice(row..<row + 1, of: 0)), slots: [2])
      var scorer = ModelScorer(model, tokens: prompt, images: images, context: 128)
      let found = try strategy.continue(&scorer, maximumTokens: 24 - prompt.count, end: 2)
      #expect(prompt + found.tokens == expected)
    }
  }
}
