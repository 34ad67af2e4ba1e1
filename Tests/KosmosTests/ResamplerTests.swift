import Foundation
import Kosmos
import Safetensors
import Tensors
import TestSupport
import Testing

/// Flamingo's resampler is OpenFlamingo's (P12), and a model may have it for its connector.
struct ResamplerTests {
  private let golden: Golden
  private let store: ParameterStore
  private let resampler: FlamingoResampler

  init() throws {
    golden = try Golden("resampler")
    store = ParameterStore(golden.weights)
    resampler = try FlamingoResampler(
      store.root, latents: golden.number("latents"), depth: golden.number("depth"),
      features: golden.number("width"), width: golden.number("decoderWidth"))
  }

  @Test func latentsAndGradientsAreThoseOfOpenFlamingo() throws {
    let features = try golden["features"]
    let latents = largestRelativeDifference(
      resampler.resample(features), try golden["latents"])
    #expect(ParityReport.note("P12", "latents", latents, tolerance: 1e-6) < 1e-6)
    let output = resampler(features)
    let projected = largestRelativeDifference(output, try golden["output"])
    #expect(ParityReport.note("P12", "after the linear layer", projected, tolerance: 1e-6) < 1e-6)
    (output * (try golden["probe"])).sum().backward()
    #expect(golden.gradientNames.count == store.parameters.count)
    let gradients = try golden.gradientError(store)
    #expect(ParityReport.note("P12", "gradients", gradients, tolerance: 1e-5) < 1e-5)
  }

  private var configuration: KosmosConfiguration {
    var configuration = KosmosConfiguration.tiny
    configuration.connector.kind = .flamingo(depth: 3)
    return configuration
  }

  @Test func aModelWithItIsWrittenAndRead() throws {
    let folder = TemporaryDirectory()
    let path = folder.path + "/model.safetensors"
    let model = try KosmosModel(configuration, seed: 1)
    try model.save(to: path)
    let read = try KosmosModel(path: path)
    #expect(read.configuration == configuration)
    for parameter in model.parameters.parameters {
      #expect(read.parameters[parameter.name]?.bytes() == parameter.tensor.bytes())
    }
    let prefix = "image_to_text_projection."
    let names = Set(model.parameters.parameters.map(\.name).filter { $0.hasPrefix(prefix) })
    #expect(names.contains("\(prefix)perceiver.layers.2.0.to_kv.weight"))
    #expect(names.contains("\(prefix)dense.bias"))
    #expect(!names.contains { $0.contains("x_attn") })
    // The latents, eleven tensors a layer, the last norm, and the linear layer.
    #expect(names.count == 1 + 3 * 11 + 2 + 2)
  }

  @Test func everyParameterOfItIsTrained() throws {
    let model = try KosmosModel(configuration, seed: 1)
    let tokens = Tensor((0..<16).map { Int64($0 + 2) }, shape: [2, 8])
    let input = KosmosInput(
      tokens: tokens,
      images: KosmosImages(
        .pixels(Generator(seed: 3).normal([2, 3, 28, 28])), slots: [2, 9]))
    model.loss(input, targets: tokens, mask: .ones([2, 8], type: .uint8)).sum.backward()
    for parameter in model.parameters.parameters
    where parameter.name.hasPrefix("image_to_text_projection.") {
      let gradient = try #require(parameter.tensor.gradient, "\(parameter.name)")
      #expect(gradient.euclideanNorm().item > 0, "\(parameter.name)")
    }
  }

  @Test func aCheckpointThatDoesNotNameItsConnectorHasKosmos1s() throws {
    let json = #"{"latents": 4, "attentionDropout": 0.25}"#
    let read = try JSONDecoder().decode(ConnectorConfiguration.self, from: Data(json.utf8))
    #expect(read == ConnectorConfiguration(latents: 4, attentionDropout: 0.25))
  }

  @Test func aDepthThatCannotBeNamesItsKey() {
    var configuration = configuration
    configuration.connector.kind = .flamingo(depth: 0)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.key == "connector.kind.flamingo.depth")
  }
}
