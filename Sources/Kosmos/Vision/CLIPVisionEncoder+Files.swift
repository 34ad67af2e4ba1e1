internal import Foundation
internal import Safetensors
public import Storage
public import Tensors

extension CLIPVisionEncoder {
  /// Loads an encoder whose parameters stay as they are.
  ///
  /// - Parameter configuration: The file's own where it is `nil`; see ``CLIPWeights/configuration()``.
  /// - Throws: ``ParameterError`` where the file is no such encoder's.
  public static func load(
    _ weights: CLIPWeights, _ configuration: VisionConfiguration? = nil, device: Device = .cpu
  ) throws(ParameterError) -> CLIPVisionEncoder {
    let shape: VisionConfiguration
    if let configuration { shape = configuration } else { shape = try weights.configuration() }
    do throws(ConfigurationError) { try shape.validate() } catch {
      throw ParameterError(.contradiction, path: weights.file.path, error.description)
    }
    return try CLIPVisionEncoder(ParameterStore(weights, device: device).root, shape)
  }

  /// Writes an encoder with random weights, for runs on machines that have no trained one.
  ///
  /// The names are those of Hugging Face's CLIP, the weights are drawn as CLIP draws them, and the file
  /// tells its configuration.
  ///
  /// - Throws: `StorageError` where the file cannot be written.
  public static func writeRandom(
    _ configuration: VisionConfiguration, seed: UInt64, to path: String
  ) throws(StorageError) {
    let store = ParameterStore(RandomParameters(seed: seed))
    do throws(ParameterError) {
      _ = try CLIPVisionEncoder(store.root.scope("vision_model"), configuration)
    } catch {
      preconditionFailure("a random parameter can always be drawn: \(error)")
    }
    try writeSafetensors(
      store.parameters.map { ($0.name, $0.tensor) }, to: path, metadata: configuration.metadata)
  }
}

extension VisionConfiguration {
  static let metadataKey = "weft.vision"

  /// What a file of weights tells about its encoder.
  var metadata: [String: String] { ["format": "pt", Self.metadataKey: json(self)] }

  /// Reads what ``metadata`` wrote; `nil` where a file tells nothing.
  init?(metadata: [String: String], path: String) throws(ParameterError) {
    guard let text = metadata[Self.metadataKey] else { return nil }
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
      try validate()
    } catch {
      throw ParameterError(
        .contradiction, path: path, "its metadata '\(Self.metadataKey)' cannot be used: \(error)")
    }
  }
}

/// A value as JSON text that is always the same for the same value.
func json(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("a configuration of finite numbers is always written as JSON")
  }
  return String(decoding: data, as: UTF8.self)
}
