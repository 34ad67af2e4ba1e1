import Foundation
import Kosmos
import Safetensors
import Tensors
import TestSupport
import Testing

/// A model is written and read bit for bit, and files that do not fit are refused with names.
struct CheckpointTests {
  private let folder: TemporaryDirectory
  private let path: String
  private let model: KosmosModel

  init() throws {
    folder = TemporaryDirectory()
    path = folder.path + "/model.safetensors"
    model = try KosmosModel(.tiny, seed: 1)
  }

  private func error(_ body: () throws -> Void) throws -> ParameterError {
    try #require(#expect(throws: ParameterError.self, performing: body))
  }

  /// Writes the model with some of its tensors changed.
  private func rewrite(
    metadata: [String: String]? = nil, _ change: (inout [(name: String, tensor: Tensor)]) -> Void
  ) throws {
    try model.save(to: path)
    let file = try SafetensorsFile(path: path)
    var tensors = try file.tensors.map { entry in
      (name: entry.name, tensor: try #require(Tensor(file.tensor(named: entry.name))))
    }
    change(&tensors)
    try writeSafetensors(tensors, to: path, metadata: metadata ?? file.metadata)
  }

  @Test func whatWasWrittenIsRead() throws {
    try model.save(to: path, metadata: ["step": "7"])
    let read = try KosmosModel(path: path)
    #expect(read.configuration == model.configuration)
    #expect(read.parameters.parameters.map(\.name) == model.parameters.parameters.map(\.name))
    for parameter in model.parameters.parameters {
      #expect(read.parameters[parameter.name]?.bytes() == parameter.tensor.bytes())
    }
    #expect(try SafetensorsFile(path: path).metadata["step"] == "7")
  }

  @Test func namesAreThoseOfHuggingFace() {
    let names = Set(model.parameters.parameters.map(\.name))
    for name in [
      "text_model.model.embed_tokens.weight",
      "text_model.model.layers.1.self_attn.inner_attn_ln.weight",
      "text_model.model.layers.0.ffn.ffn_layernorm.bias",
      "text_model.model.layers.0.final_layer_norm.weight",
      "text_model.model.layer_norm.bias",
      "vision_model.model.pre_layrnorm.weight",
      "vision_model.model.encoder.layers.1.self_attn.q_proj.bias",
      "image_to_text_projection.latent_query",
      "image_to_text_projection.x_attn.out_proj.weight",
    ] { #expect(names.contains(name), "\(name)") }
  }

  @Test func aMissingTensorIsNamed() throws {
    try rewrite { $0.removeAll { $0.name == "image_to_text_projection.dense.bias" } }
    let error = try error { _ = try KosmosModel(path: path) }
    #expect(error.code == .missing)
    #expect(error.names == ["image_to_text_projection.dense.bias"])
    #expect(error.description.contains(path))
  }

  @Test func anExtraTensorIsNamed() throws {
    try rewrite { $0.append(("adapter.weight", .zeros([2]))) }
    let error = try error { _ = try KosmosModel(path: path) }
    #expect(error.code == .unexpected)
    #expect(error.names == ["adapter.weight"])
  }

  @Test func aTensorOfAnotherShapeIsNamed() throws {
    try rewrite { $0[0].tensor = .zeros([7, 3]) }
    let error = try error { _ = try KosmosModel(path: path) }
    #expect(error.code == .wrongShape)
    #expect(error.description.contains("[7, 3] where [120, 64]"))
  }

  @Test func numbersThatAreNoneAreRefused() throws {
    try rewrite { $0[3].tensor.fill(.nan) }
    #expect(try error { _ = try KosmosModel(path: path) }.code == .notFinite)
    try rewrite { $0[3].tensor = .zeros($0[3].tensor.shape, type: .int32) }
    #expect(try error { _ = try KosmosModel(path: path) }.code == .wrongType)
  }

  @Test func aConfigurationThatNoModelHasIsRefused() throws {
    for text in ["{", "{}", "null"] {
      try rewrite(metadata: ["weft.configuration": text]) { _ in }
      #expect(try error { _ = try KosmosModel(path: path) }.code == .contradiction)
    }
    try rewrite(metadata: [:]) { _ in }
    #expect(try error { _ = try KosmosModel(path: path) }.code == .contradiction)
    var configuration = KosmosConfiguration.tiny
    configuration.decoder.heads = 0
    try rewrite(metadata: [
      "weft.configuration": String(decoding: try JSONEncoder().encode(configuration), as: UTF8.self)
    ]) { _ in }
    let error = try error { _ = try KosmosModel(path: path) }
    #expect(error.description.contains("decoder.heads"))
  }

  @Test func aFileCutShortIsRefused() throws {
    try model.save(to: path)
    let whole = try Data(contentsOf: URL(filePath: path))
    for count in [0, 7, 8, 100, whole.count / 2, whole.count - 1] {
      try whole.prefix(count).write(to: URL(filePath: path))
      #expect(try error { _ = try KosmosModel(path: path) }.code == .unreadable)
    }
  }

  @Test func theOutputTableMustBeTheEmbeddings() throws {
    let name = "text_model.lm_head.weight"
    try rewrite { $0.append((name, $0[0].tensor)) }
    _ = try KosmosModel(path: path)
    try rewrite { $0.append((name, $0[0].tensor + 1)) }
    let error = try error { _ = try KosmosModel(path: path) }
    #expect(error.code == .contradiction)
    #expect(error.names == [name])
  }

  @Test func aNewModelTakesCLIPFromAFile() throws {
    let vision = folder.path + "/clip.safetensors"
    try CLIPVisionEncoder.writeRandom(.tiny, seed: 9, to: vision)
    let file = try SafetensorsFile(path: vision)
    let taught = try KosmosModel(.tiny, seed: 1, vision: file)
    let name = "encoder.layers.0.mlp.fc1.weight"
    let stored = try #require(Tensor(file.tensor(named: "vision_model.\(name)")))
    #expect(taught.parameters["vision_model.model.\(name)"]?.bytes() == stored.bytes())
    let token = "text_model.model.embed_tokens.weight"
    #expect(taught.parameters[token]?.bytes() == model.parameters[token]?.bytes())
  }
}
