import Kosmos
import Tensors
import Testing

/// Sizes, the trainable part, losses and dropout of whole models.
struct KosmosModelTests {
  @Test func parameterCountsAreThePapers() throws {
    let model = try KosmosModel(.kosmos1, source: ParameterShapes())
    func count(_ prefix: String) -> Int {
      model.parameters.parameters.filter { $0.name.hasPrefix(prefix) }
        .reduce(0) { $0 + $1.tensor.elementCount }
    }
    #expect(count("text_model.") == 1_340_180_480)
    #expect(count("vision_model.") == 303_179_776)
    #expect(count("image_to_text_projection.") == 19_015_680)
    #expect(model.parameters.elementCount == 1_662_375_936)
    let trained = model.parameters.trainable.filter { $0.name.hasPrefix("vision_model.") }
    #expect(trained.reduce(0) { $0 + $1.tensor.elementCount } == 12_596_224 + 2_048)
    let base = try CLIPVisionEncoder(
      ParameterStore(ParameterShapes()).root, .vitB32)
    #expect(base.configuration.tokenCount == 50)
  }

  @Test(arguments: KosmosConfiguration.VisionTraining.allCases)
  func onlyTheTrainablePartGetsGradients(training: KosmosConfiguration.VisionTraining) throws {
    var configuration = KosmosConfiguration.tiny
    configuration.visionTraining = training
    let model = try KosmosModel(configuration, seed: 1)
    let loss = model.loss(
      Self.input(), targets: targets, mask: Tensor.ones([2, 8], type: .uint8))
    loss.sum.backward()
    for parameter in model.parameters.parameters {
      let isVision = parameter.name.hasPrefix("vision_model.")
      let isSuffix =
        parameter.name.contains("encoder.layers.1.") || parameter.name.contains("post_layernorm")
      let expected = !isVision || training == .all || (training == .lastBlock && isSuffix)
      #expect((parameter.tensor.gradient != nil) == expected, "\(parameter.name)")
      #expect(parameter.isTrainable == expected)
    }
  }

  private let targets = Tensor((0..<16).map { Int64($0 + 3) }, shape: [2, 8])

  private static func input() -> KosmosInput {
    KosmosInput(
      tokens: Tensor((0..<16).map { Int64($0 + 2) }, shape: [2, 8]),
      images: KosmosImages(
        .pixels(Generator(seed: 3).normal([2, 3, 28, 28])), slots: [2, 9]))
  }

  @Test func lossIsThatOfTheCountedTargetsAlone() throws {
    let model = try KosmosModel(.tiny, seed: 1)
    let mask: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1]
    let loss = model.loss(
      Self.input(), targets: targets, mask: Tensor(mask, shape: [2, 8]))
    #expect(loss.count == 4)
    let logProbabilities = model.logits(Self.input()).logSoftmax().reshaped([16, -1])
    let targets = targets.values(of: Int64.self)
    let expected = mask.indices.filter { mask[$0] == 1 }.reduce(0.0) {
      $0 - logProbabilities.element($1).element(Int(targets[$1])).item
    }
    #expect(abs(loss.sum.item - expected) < 1e-4)
  }

  @Test func noCountedTargetIsNoLoss() throws {
    let model = try KosmosModel(.tiny, seed: 1)
    let loss = model.loss(
      Self.input(), targets: targets, mask: .zeros([2, 8], type: .uint8))
    #expect(loss.count == 0)
    #expect(loss.sum.item == 0)
  }

  @Test func whatStandsAtAnImagesPlacesIsNotSeen() throws {
    let model = try KosmosModel(.tiny, seed: 1)
    var other = Self.input()
    let tokens = other.tokens.values(of: Int64.self).enumerated().map {
      (2..<6).contains($0.offset) || (9..<13).contains($0.offset) ? 77 : $0.element
    }
    other.tokens = Tensor(tokens, shape: [2, 8])
    #expect(largestDifference(model.logits(other), model.logits(Self.input())) == 0)
    other.images = nil
    #expect(largestDifference(model.logits(other), model.logits(Self.input())) > 1e-2)
  }

  @Test func dropoutIsAFunctionOfItsGenerator() throws {
    var configuration = KosmosConfiguration.tiny
    configuration.decoder.dropout = 0.1
    configuration.decoder.attentionDropout = 0.1
    configuration.connector.attentionDropout = 0.1
    let model = try KosmosModel(configuration, seed: 1)
    let plain = model.logits(Self.input())
    let first = model.logits(Self.input(), training: Generator(seed: 1))
    let again = model.logits(Self.input(), training: Generator(seed: 1))
    let other = model.logits(Self.input(), training: Generator(seed: 2))
    #expect(largestDifference(first, again) == 0)
    #expect(largestDifference(first, other) > 1e-3)
    #expect(largestDifference(first, plain) > 1e-3)
    #expect(largestDifference(model.logits(Self.input()), plain) == 0)
  }

  @Test func attentionWithoutDropoutIsTheSameFusedOrNot() throws {
    // So small a probability drops nothing in this draw, and attention goes the unfused way.
    var configuration = KosmosConfiguration.tiny
    configuration.decoder.attentionDropout = 1e-12
    let model = try KosmosModel(configuration, seed: 1)
    let unfused = model.logits(Self.input(), training: Generator(seed: 1))
    #expect(largestDifference(unfused, model.logits(Self.input())) < 1e-5)
  }

  @Test(arguments: [KosmosConfiguration.tiny, .small, .kosmos1])
  func namedConfigurationsAreSound(configuration: KosmosConfiguration) throws {
    try configuration.validate()
  }

  @Test func unsoundConfigurationsNameTheirKey() {
    func key(_ change: (inout KosmosConfiguration) -> Void) -> String? {
      var configuration = KosmosConfiguration.tiny
      change(&configuration)
      do throws(ConfigurationError) {
        try configuration.validate()
        return nil
      } catch { return error.key }
    }
    #expect(key { $0.decoder.heads = 3 } == "decoder.heads")
    #expect(key { $0.decoder.heads = 64 } == "decoder.heads")
    #expect(key { $0.decoder.dropout = 1 } == "decoder.dropout")
    #expect(key { $0.decoder.dropout = .nan } == "decoder.dropout")
    #expect(key { $0.decoder.maximumLength = 0 } == "decoder.maximumLength")
    #expect(key { $0.decoder.positions = .xPos(scaleBase: 0) } == "decoder.positions")
    #expect(key { $0.decoder.paddingToken = 120 } == "decoder.paddingToken")
    #expect(key { $0.decoder.layers = .max } == "decoder.layers")
    #expect(key { $0.vision.patchSize = 15 } == "vision.patchSize")
    #expect(key { $0.connector.latents = 0 } == "connector.latents")
  }

  @Test func huggingFacesDefaultsAreKosmos2() throws {
    let configuration = try KosmosConfiguration(huggingFace: Array("{}".utf8))
    var expected = KosmosConfiguration.kosmos1
    expected.decoder.vocabularySize = 65_037
    expected.decoder.positions = .sinusoidal
    #expect(configuration == expected)
  }

  @Test(arguments: [
    ("", "config.json"), ("[]", "config.json"), (#"{"model_type": "llama"}"#, "model_type"),
    (#"{"text_config": {"layers": -1}}"#, "decoder.layers"),
    (#"{"text_config": {"activation_function": "relu"}}"#, "text_config.activation_function"),
    (#"{"vision_config": {"hidden_act": "relu"}}"#, "vision_config.hidden_act"),
  ])
  func otherModelsOfHuggingFaceAreRefused(json: String, key: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try KosmosConfiguration(huggingFace: Array(json.utf8))
    }
    #expect(error?.key == key)
  }
}
