internal import Foundation

extension KosmosConfiguration {
  /// Reads the `config.json` of a Hugging Face KOSMOS-2 checkpoint.
  ///
  /// Keys that a file leaves out have transformers' defaults, those of KOSMOS-2.
  ///
  /// - Throws: ``ConfigurationError`` where the text is no such configuration or asks for mathematics that
  ///   this model does not have.
  public init(huggingFace json: [UInt8]) throws(ConfigurationError) {
    let read: HuggingFaceConfiguration
    do {
      read = try JSONDecoder().decode(HuggingFaceConfiguration.self, from: Data(json))
    } catch {
      throw ConfigurationError("config.json", "it is no configuration of KOSMOS-2: \(error)")
    }
    let (text, vision) = (read.text_config, read.vision_config)
    try expect(read.model_type, "kosmos-2", "model_type")
    try expect(text?.activation_function, "gelu", "text_config.activation_function")
    try expect(text?.scale_embedding, true, "text_config.scale_embedding")
    try expect(text?.layer_norm_eps, 1e-5, "text_config.layer_norm_eps")
    try expect(vision?.layer_norm_eps, 1e-5, "vision_config.layer_norm_eps")
    self.init(
      vision: VisionConfiguration(
        imageSize: vision?.image_size ?? 224, patchSize: vision?.patch_size ?? 14,
        width: vision?.hidden_size ?? 1_024, layers: vision?.num_hidden_layers ?? 24,
        heads: vision?.num_attention_heads ?? 16,
        feedForwardWidth: vision?.intermediate_size ?? 4_096,
        activation: try Self.activation(vision?.hidden_act)),
      connector: ConnectorConfiguration(
        latents: read.latent_query_num ?? 64, attentionDropout: text?.attention_dropout ?? 0.1),
      decoder: DecoderConfiguration(
        vocabularySize: text?.vocab_size ?? 65_037, width: text?.embed_dim ?? 2_048,
        layers: text?.layers ?? 24, heads: text?.attention_heads ?? 32,
        feedForwardWidth: text?.ffn_dim ?? 8_192,
        maximumLength: text?.max_position_embeddings ?? 2_048, positions: .sinusoidal,
        dropout: text?.dropout ?? 0.1, attentionDropout: text?.attention_dropout ?? 0.1,
        paddingToken: text?.pad_token_id ?? 1))
    try validate()
  }

  private static func activation(
    _ name: String?
  ) throws(ConfigurationError) -> VisionConfiguration.Activation {
    switch name {
    case nil, "quick_gelu": return .quickGELU
    case "gelu": return .gelu
    case .some(let other):
      throw ConfigurationError(
        "vision_config.hidden_act", "'\(other)' is neither 'quick_gelu' nor 'gelu'")
    }
  }
}

/// The keys of transformers' `Kosmos2Config` that this model has.
private struct HuggingFaceConfiguration: Decodable {
  struct Text: Decodable {
    var activation_function: String?
    var scale_embedding: Bool?
    var dropout, attention_dropout, layer_norm_eps: Double?
    var attention_heads, embed_dim, ffn_dim, layers, max_position_embeddings: Int?
    var pad_token_id, vocab_size: Int?
  }

  struct Vision: Decodable {
    var hidden_act: String?
    var layer_norm_eps: Double?
    var hidden_size, image_size, intermediate_size, num_attention_heads, num_hidden_layers: Int?
    var patch_size: Int?
  }

  var model_type: String?
  var latent_query_num: Int?
  var text_config: Text?
  var vision_config: Vision?
}

/// Refuses a key that a file has with another value than the only one this model can have.
private func expect<Value: Equatable>(
  _ value: Value?, _ expected: Value, _ key: String
) throws(ConfigurationError) {
  guard let value, value != expected else { return }
  throw ConfigurationError(key, "\(value) is not \(expected), the only value this model has")
}
