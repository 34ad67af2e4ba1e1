internal import ImageDecoding
internal import Kosmos
internal import Storage
public import Tensors
internal import Tokenization

extension TextGenerator {
  /// Loads a model from a directory: a checkpoint of weft's, or a KOSMOS-2 as Hugging Face lays it out.
  ///
  /// - Throws: As ``init(checkpoint:device:)`` and ``init(huggingFace:device:)``.
  public convenience init(path: String, device: Device = .cpu) throws {
    if FileSystem.isFile(path + "/config.json") {
      try self.init(huggingFace: path, device: device)
    } else {
      try self.init(checkpoint: path, device: device)
    }
  }

  /// Loads a KOSMOS-2 checkpoint of Hugging Face's: `config.json`, `model.safetensors` and
  /// `sentencepiece.bpe.model`.
  ///
  /// Its images are squeezed to a square, not cropped; the tokens that name places in an image are never written.
  ///
  /// - Throws: `ConfigurationError`, `ParameterError`, `TokenizerError` or `StorageError` where a file is missing,
  ///   damaged or of another model; ``GenerationError`` where two do not belong together.
  public convenience init(huggingFace directory: String, device: Device = .cpu) throws {
    let configuration = try KosmosConfiguration(
      huggingFace: FileSystem.read(directory + "/config.json", limit: 1 << 20))
    try self.init(
      model: KosmosModel(
        configuration, stored: StoredParameters(path: directory + "/model.safetensors"),
        device: device),
      tokenizer: Tokenizer(modelPath: directory + "/sentencepiece.bpe.model"),
      preprocessing: CLIPPreprocessing(size: configuration.vision.imageSize, mode: .square))
  }
}
