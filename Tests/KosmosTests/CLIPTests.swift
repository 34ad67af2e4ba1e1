import Foundation
import Kosmos
import Safetensors
import Tensors
import TestSupport
import Testing

/// The vision encoder's states are those of transformers (P13), under all names in use (P17).
struct CLIPTests {
  private func configuration(_ golden: Golden) throws -> VisionConfiguration {
    VisionConfiguration(
      imageSize: try golden.number("imageSize"), patchSize: try golden.number("patch"),
      width: try golden.number("hidden"), layers: try golden.number("layers"),
      heads: try golden.number("heads"), feedForwardWidth: try golden.number("mlp"),
      activation: try golden.text("activation") == "gelu" ? .gelu : .quickGELU)
  }

  @Test(arguments: ["clip-p14", "clip-p32"].filter(Golden.isPresent))
  func statesAndFeaturesAreThoseOfTransformers(name: String) throws {
    let golden = try Golden(name)
    let encoder = try CLIPVisionEncoder(
      ParameterStore(golden.weights).root, configuration(golden))
    let pixels = try golden["pixelValues"]
    let states = encoder.hiddenStates(pixels)
    #expect(states.count == encoder.configuration.layers + 1)
    for (index, state) in states.enumerated() {
      let difference = largestDifference(state, try golden["hidden.\(index)"])
      #expect(
        ParityReport.note("P13", "states, \(name)", difference, tolerance: 1e-5) < 1e-5,
        "state \(index)")
    }
    let prefix = encoder.frozenPrefix(pixels)
    #expect(largestDifference(prefix, states[states.count - 2]) == 0)
    let features = try golden["normalizedFeatures"]
    let difference = largestDifference(encoder.suffix(prefix), features)
    #expect(ParityReport.note("P13", "features, \(name)", difference, tolerance: 1e-5) < 1e-5)
    #expect(largestDifference(encoder.features(pixels), features) < 1e-5)
  }

  /// OpenAI's name of one of Hugging Face's, written out here again.
  private static func openAI(_ name: String) -> String {
    var name = name
    for (from, to) in [
      ("embeddings.class_embedding", "class_embedding"),
      ("embeddings.patch_embedding", "conv1"),
      ("embeddings.position_embedding.weight", "positional_embedding"),
      ("pre_layrnorm", "ln_pre"), ("post_layernorm", "ln_post"),
      ("encoder.layers", "transformer.resblocks"), ("layer_norm1", "ln_1"),
      ("layer_norm2", "ln_2"), ("self_attn.out_proj", "attn.out_proj"), ("mlp.fc1", "mlp.c_fc"),
      ("mlp.fc2", "mlp.c_proj"),
    ] { name = name.replacingOccurrences(of: from, with: to) }
    return name
  }

  /// The golden's weights under another layout.
  private func rewrite(_ golden: Golden, to path: String, prefix: String, openAI: Bool) throws {
    let names = golden.file.names.filter { $0.hasPrefix("weight.") }.map { $0.dropFirst(7) }
    var tensors: [(name: String, tensor: Tensor)] = []
    for name in names.map(String.init) {
      let tensor = try golden["weight.\(name)"]
      guard openAI else {
        tensors.append((prefix + name, tensor))
        continue
      }
      if name.contains(".k_proj.") || name.contains(".v_proj.") { continue }
      if name.contains(".q_proj.") {
        let parts = try ["q", "k", "v"].map {
          try golden["weight." + name.replacingOccurrences(of: ".q_proj", with: ".\($0)_proj")]
        }
        let fused = Self.openAI(name).replacingOccurrences(
          of: "self_attn.q_proj.", with: "attn.in_proj_")
        tensors.append((prefix + fused, .concatenated(parts, along: 0)))
      } else {
        tensors.append((prefix + Self.openAI(name), tensor))
      }
    }
    try writeSafetensors(tensors, to: path)
  }

  @Test(arguments: [
    ("vision_model.model.", false), ("vision_model.", false), ("", false), ("visual.", true),
    ("", true),
  ])
  func allNamesGiveTheSameTensors(prefix: String, openAI: Bool) throws {
    let golden = try Golden("clip-p14")
    let folder = TemporaryDirectory()
    try rewrite(golden, to: folder.path + "/w.safetensors", prefix: prefix, openAI: openAI)
    let encoder = try CLIPVisionEncoder.load(
      CLIPWeights(path: folder.path + "/w.safetensors"), configuration(golden))
    let reference = try CLIPVisionEncoder(
      ParameterStore(golden.weights).root, configuration(golden))
    let pixels = try golden["pixelValues"]
    #expect(encoder.features(pixels).bytes() == reference.features(pixels).bytes())
  }

  @Test func aFileOfAnotherModelIsRefused() throws {
    let folder = TemporaryDirectory()
    let path = folder.path + "/w.safetensors"
    try writeSafetensors([("encoder.weight", .zeros([2, 2]))], to: path)
    let error = #expect(throws: ParameterError.self) { try CLIPWeights(path: path) }
    #expect(error?.code == .missing)
    #expect(error?.description.contains("no CLIP vision encoder") == true)
  }

  @Test func aRandomEncoderTellsItsShapeAndIsAFunctionOfItsSeed() throws {
    let folder = TemporaryDirectory()
    let paths = ["a", "b", "c"].map { "\(folder.path)/\($0).safetensors" }
    for (path, seed) in zip(paths, [1, 1, 2] as [UInt64]) {
      try CLIPVisionEncoder.writeRandom(.tiny, seed: seed, to: path)
    }
    let bytes = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
    #expect(bytes[0] == bytes[1])
    #expect(bytes[0] != bytes[2])
    let encoder = try CLIPVisionEncoder.load(CLIPWeights(path: paths[0]))
    #expect(encoder.configuration == .tiny)
    let pixels = Generator(seed: 5).normal([2, 3, 28, 28])
    let features = encoder.features(pixels)
    #expect(features.shape == [2, 5, 32])
    let lengths = features.euclideanNorm(over: -1)
    #expect(largestDifference(lengths, .ones([2, 5])) < 1e-5)
    // Two images give two answers, also from random weights.
    #expect(largestDifference(features.element(0), features.element(1)) > 1e-2)
  }

  @Test func aFileWithoutMetadataTellsItsShapeByItsTensors() throws {
    let folder = TemporaryDirectory()
    let shape = VisionConfiguration(
      imageSize: 28, patchSize: 14, width: 128, layers: 3, heads: 2, feedForwardWidth: 96)
    let store = ParameterStore(RandomParameters(seed: 1))
    _ = try CLIPVisionEncoder(store.root.scope("vision_model"), shape)
    let path = folder.path + "/w.safetensors"
    try writeSafetensors(store.parameters.map { ($0.name, $0.tensor) }, to: path)
    #expect(try CLIPWeights(path: path).configuration() == shape)
  }

  @Test func anEncoderOfAnotherShapeIsRefusedByName() throws {
    let folder = TemporaryDirectory()
    let path = folder.path + "/w.safetensors"
    try CLIPVisionEncoder.writeRandom(.tiny, seed: 1, to: path)
    var other = VisionConfiguration.tiny
    other.layers = 3
    let missing = #expect(throws: ParameterError.self) {
      try CLIPVisionEncoder.load(CLIPWeights(path: path), other)
    }
    #expect(missing?.code == .missing)
    #expect(missing?.names.first?.contains("encoder.layers.2") == true)
    other = .tiny
    other.width = 64
    let misshapen = #expect(throws: ParameterError.self) {
      try CLIPVisionEncoder.load(CLIPWeights(path: path), other)
    }
    #expect(misshapen?.code == .wrongShape)
    #expect(misshapen?.names == ["vision_model.embeddings.class_embedding"])
  }
}
