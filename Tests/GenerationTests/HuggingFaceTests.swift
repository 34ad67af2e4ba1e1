import Generation
import ImageDecoding
import Kosmos
import Storage
import Tensors
import TestSupport
import Testing
import Tokenization

/// A KOSMOS-2 checkpoint as Hugging Face lays it out, small and of random weights.
struct HuggingFaceTests {
  private let directory = TemporaryDirectory()
  private let model: KosmosModel
  private let tokenizer: Tokenizer

  init() throws {
    setThreads(1)
    let lines = ["a red circle", "a green square and a blue star", "three grey lines"]
    let pieces = try TokenizerTrainer(pieces: 26).train(lines: lines)
    tokenizer = try Tokenizer(modelBytes: pieces)
    var configuration = KosmosConfiguration.tiny
    // Tokens of places in an image follow those of the tokenizer.
    configuration.decoder.vocabularySize = tokenizer.vocabulary.size + 10
    configuration.decoder.positions = .sinusoidal
    model = try KosmosModel(configuration, seed: 5)
    try model.save(to: directory.file("model.safetensors"))
    try AtomicFile.write(pieces, to: directory.file("sentencepiece.bpe.model"))
    try AtomicFile.write(Self.json(configuration), to: directory.file("config.json"))
  }

  private static func json(_ model: KosmosConfiguration) -> String {
    """
    {"model_type": "kosmos-2", "latent_query_num": \(model.connector.latents),
     "text_config": {"vocab_size": \(model.decoder.vocabularySize), "embed_dim": \(model.decoder.width),
      "layers": \(model.decoder.layers), "attention_heads": \(model.decoder.heads),
      "ffn_dim": \(model.decoder.feedForwardWidth),
      "max_position_embeddings": \(model.decoder.maximumLength)},
     "vision_config": {"image_size": \(model.vision.imageSize), "patch_size": \(model.vision.patchSize),
      "hidden_size": \(model.vision.width), "num_hidden_layers": \(model.vision.layers),
      "num_attention_heads": \(model.vision.heads),
      "intermediate_size": \(model.vision.feedForwardWidth)}}
    """
  }

  @Test func itGoesOnAsTheModelInMemoryDoes() throws {
    let loaded = try TextGenerator(path: directory.path)
    let own = try TextGenerator(
      model: model, tokenizer: tokenizer,
      preprocessing: CLIPPreprocessing(size: model.configuration.vision.imageSize, mode: .square))
    let wide = DecodedImage(
      width: 60, height: 20, pixels: (0..<3600).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) })
    let prompt = try Prompt("a red", images: [wide], tokenizer: tokenizer, latents: 4)
    #expect(
      try loaded.generate(prompt, maximumTokens: 12) == own.generate(prompt, maximumTokens: 12))
  }

  @Test(arguments: ["model.safetensors", "sentencepiece.bpe.model"])
  func aMissingFileIsNamed(name: String) throws {
    try FileSystem.remove(directory.file(name))
    let error = #expect(throws: (any Error).self) { try TextGenerator(path: directory.path) }
    #expect(error.map { "\($0)".contains(name) } == true)
  }

  @Test(arguments: ["", "{", "{\"model_type\": \"llama\"}", "[]"])
  func anotherConfigurationIsRefused(json: String) throws {
    try AtomicFile.write(json, to: directory.file("config.json"))
    #expect(throws: ConfigurationError.self) { try TextGenerator(path: directory.path) }
  }
}
