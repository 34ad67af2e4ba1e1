internal import Foundation
public import Safetensors
public import Storage
public import Tensors

extension KosmosModel {
  private static let metadataKey = "weft.configuration"
  private static let visionScope = "vision_model.model."
  private static let embeddingName = "text_model.model.embed_tokens.weight"
  /// Hugging Face's name for the same table where it is written twice.
  private static let outputName = "text_model.lm_head.weight"

  /// Makes a model with new parameters, and CLIP's from a file where there is one.
  ///
  /// - Throws: ``ParameterError`` where the file does not fit the configuration.
  public convenience init(
    _ configuration: KosmosConfiguration, seed: UInt64, vision: SafetensorsFile? = nil,
    device: Device = .cpu
  ) throws(ParameterError) {
    let random = RandomParameters(seed: seed)
    guard let vision else {
      try self.init(configuration, source: random, device: device)
      return
    }
    let source = ScopedParameters(
      scope: Self.visionScope, inside: try CLIPWeights(vision, scope: Self.visionScope),
      outside: random)
    try self.init(configuration, source: source, device: device)
  }

  /// Loads a model from a checkpoint that tells its configuration.
  ///
  /// - Throws: ``ParameterError`` where the file is damaged, tells no configuration, or has tensors that
  ///   are missing, too many, of a wrong shape or not finite.
  public convenience init(path: String, device: Device = .cpu) throws(ParameterError) {
    let stored = try StoredParameters(path: path)
    guard let text = stored.file.metadata[Self.metadataKey] else {
      throw ParameterError(
        .contradiction, path: path,
        "it does not tell its configuration ('\(Self.metadataKey)' in its metadata): no checkpoint of"
          + " weft's, or give the configuration")
    }
    let configuration: KosmosConfiguration
    do {
      configuration = try JSONDecoder().decode(KosmosConfiguration.self, from: Data(text.utf8))
    } catch {
      throw ParameterError(
        .contradiction, path: path, "its configuration cannot be read: \(error)")
    }
    try self.init(configuration, stored: stored, device: device)
  }

  /// Loads a model of a known configuration: Hugging Face's KOSMOS-2 checkpoints, for example.
  ///
  /// - Throws: ``ParameterError`` where the file does not fit the configuration.
  public convenience init(
    _ configuration: KosmosConfiguration, stored: StoredParameters, device: Device = .cpu
  ) throws(ParameterError) {
    let path = stored.file.path
    do throws(ConfigurationError) { try configuration.validate() } catch {
      throw ParameterError(.contradiction, path: path, error.description)
    }
    try self.init(configuration, source: stored, device: device)
    try stored.requireAllUsed { name in
      name == Self.outputName || name.hasSuffix("embeddings.position_ids")
    }
    try requireTied(stored)
  }

  /// Writes all parameters and the configuration to a safetensors file, which appears whole or not at all.
  ///
  /// - Throws: `StorageError` where the file cannot be written.
  public func save(to path: String, metadata: [String: String] = [:]) throws(StorageError) {
    var metadata = metadata
    metadata["format"] = "pt"
    metadata[Self.metadataKey] = json(configuration)
    try writeSafetensors(
      parameters.parameters.map { ($0.name, $0.tensor.detached()) }, to: path, metadata: metadata)
  }

  /// The output table, where a file holds one, must be the embeddings: this model has no other.
  private func requireTied(_ stored: StoredParameters) throws(ParameterError) {
    guard let view = stored.file[Self.outputName] else { return }
    let output = try stored.read(view, decoder.tokens.weight.shape)
    let tied = decoder.tokens.weight.detached().moved(to: .cpu)
    guard output.equal(to: tied).all().item == 1 else {
      throw ParameterError(
        .contradiction, path: stored.file.path, names: [Self.outputName],
        "it differs from '\(Self.embeddingName)', with which it is one tensor in this model")
    }
  }
}

/// Parameters from two sources: those whose names begin with a scope, and the others.
struct ScopedParameters: ParameterSource {
  let scope: String
  let inside: any ParameterSource
  let outside: any ParameterSource

  func tensor(
    _ name: String, _ shape: Shape, _ initializer: Initializer
  ) throws(ParameterError) -> Tensor {
    let source = name.hasPrefix(scope) ? inside : outside
    return try source.tensor(name, shape, initializer)
  }
}
