internal import Documents
internal import Hashing
public import ImageDecoding
public import Kosmos
internal import Storage
public import Tensors
public import Tokenization
internal import Training

/// A trained model that goes on with prompts of text and images.
public final class TextGenerator {
  /// The tokenizer the model was trained with.
  public let tokenizer: Tokenizer
  /// The model.
  public let model: KosmosModel
  private let preprocessing: CLIPPreprocessing

  /// The largest image file that is read, in bytes.
  private static let imageLimit = 64 << 20

  /// Loads a checkpoint; see `Checkpoint` for its files.
  ///
  /// - Parameters:
  ///   - directory: The checkpoint's directory.
  ///   - device: Where to compute.
  /// - Throws: `TrainingError`, `TokenizerError`, `ParameterError` or `StorageError` where a file is missing
  ///   or damaged; ``GenerationError`` where two do not belong together.
  public convenience init(checkpoint directory: String, device: Device = .cpu) throws {
    let files = try Checkpoint(at: directory)
    let state = try CheckpointState(path: files.state)
    let bytes = try FileSystem.read(files.tokenizer, limit: Tokenizer.modelLimit)
    guard Digest(of: bytes) == state.tokenizer else {
      throw GenerationError(
        .mismatchedCheckpoint,
        "'\(files.tokenizer)' is not the tokenizer that the checkpoint was trained with")
    }
    try self.init(
      model: KosmosModel(path: files.model, device: device),
      tokenizer: Tokenizer(modelBytes: bytes, name: "'\(files.tokenizer)'"),
      preprocessing: state.preprocessing)
  }

  /// Makes a generator of a model that is in memory.
  ///
  /// - Throws: ``GenerationError`` where the model, the tokenizer and the preprocessing do not go together.
  public init(
    model: KosmosModel, tokenizer: Tokenizer, preprocessing: CLIPPreprocessing
  ) throws(GenerationError) {
    let configuration = model.configuration
    // KOSMOS-2's vocabulary goes on with 1,030 tokens of places in an image after KOSMOS-1's.
    guard configuration.decoder.vocabularySize >= tokenizer.vocabulary.size,
      configuration.vision.imageSize == preprocessing.size
    else {
      throw GenerationError(
        .mismatchedCheckpoint,
        "the model has \(configuration.decoder.vocabularySize) tokens and images of"
          + " \(configuration.vision.imageSize) pixels, but the tokenizer has"
          + " \(tokenizer.vocabulary.size) tokens and images are prepared at \(preprocessing.size)")
    }
    self.model = model
    self.tokenizer = tokenizer
    self.preprocessing = preprocessing
  }

  /// The most tokens of a prompt and its continuation together.
  ///
  /// Rotated positions go on beyond the training length, where attention is block-wise causal (Sun and others
  /// 2022, section 3.3) and the cache holds two blocks; of others the model has seen no more than in training.
  public var context: Int {
    let decoder = model.configuration.decoder
    switch decoder.positions {
    case .xPos, .rotary: return max(Self.longestContext, decoder.maximumLength)
    case .sinusoidal, .none: return decoder.maximumLength
    }
  }

  /// Bounds the time a prompt can take, not the model.
  private static let longestContext = 1 << 17

  /// Reads images and writes a prompt.
  ///
  /// - Parameters:
  ///   - text: The text; each `<image>` in it is the place of an image. Where it has none, all images come
  ///     before the text.
  ///   - images: The paths of image files.
  /// - Throws: ``GenerationError`` where an image cannot be decoded, the places and the images are not
  ///   equally many, or the prompt is longer than the context; `StorageError` where a file cannot be read.
  public func prompt(_ text: String, images: [String] = []) throws -> Prompt {
    let decoded = try images.map { path in
      switch ImageDecoder.decode(try FileSystem.read(path, limit: Self.imageLimit)) {
      case .kept(let image): return image
      case .dropped(let reason):
        throw GenerationError(.brokenImage, "the image '\(path)' cannot be decoded: \(reason)")
      }
    }
    let prompt = try Prompt(
      text, images: decoded, tokenizer: tokenizer,
      latents: model.configuration.connector.latents)
    try requireRoom(for: prompt.tokens.count, "the prompt")
    return prompt
  }

  /// Goes on with a prompt until the model ends the text.
  ///
  /// Only text and ends of lines are written: special tokens, `<image>` among them, never come.
  ///
  /// - Parameters:
  ///   - strategy: How tokens are chosen.
  ///   - maximumTokens: The most tokens to write.
  ///   - texts: What may be written; anything where there is none.
  ///   - write: Called with each piece of the text as soon as it is certain.
  /// - Throws: ``GenerationError`` where the prompt is longer than the context; what `write` throws.
  public func generate(
    _ prompt: Prompt, _ strategy: DecodingStrategy = .beam(BeamSearch()), maximumTokens: Int = 64,
    among texts: [String] = [], write: (String) throws -> Void = { _ in }
  ) throws -> GeneratedText {
    var told: [Int32] = []
    func tell(_ token: Int32) throws {
      let before = tokenizer.decode(told)
      told.append(token)
      let after = tokenizer.decode(told)
      try write(String(decoding: after.utf8.dropFirst(before.utf8.count), as: UTF8.self))
    }
    var scorer = try scorer(after: prompt)
    let end = Vocabulary.end
    let result: Continuation
    if texts.isEmpty {
      result = try strategy.continue(
        &scorer, maximumTokens: maximumTokens, end: end, write: tell)
    } else {
      var constrained = ConstrainedScorer(scorer, to: texts.map(tokenizer.encode), end: end)
      result = try strategy.continue(
        &constrained, maximumTokens: maximumTokens, end: end, write: tell)
    }
    return GeneratedText(
      text: tokenizer.decode(result.tokens), tokens: result.tokens,
      logProbability: result.logProbability, isComplete: result.isComplete)
  }

  /// Scores answers to a prompt by their likelihood.
  ///
  /// - Throws: ``GenerationError`` where the prompt with an answer is longer than the context, or an answer
  ///   is empty.
  public func score(_ options: [String], after prompt: Prompt) throws -> [OptionScore] {
    let scorer = try scorer(after: prompt)
    return try options.map { option in
      let tokens = tokenizer.encode(option)
      if tokens.isEmpty {
        throw GenerationError(.malformedPrompt, "an answer to be scored is empty; give it a word")
      }
      try requireRoom(for: prompt.tokens.count + tokens.count - 1, "the prompt with '\(option)'")
      return OptionScore(
        option: option, logProbability: scorer.logProbability(of: tokens), tokenCount: tokens.count)
    }
  }

  private func scorer(after prompt: Prompt) throws(GenerationError) -> ModelScorer {
    try requireRoom(for: prompt.tokens.count, "the prompt")
    let vocabulary = tokenizer.vocabulary
    return ModelScorer(model, tokens: prompt.tokens, images: images(of: prompt), context: context) {
      vocabulary.textIDs.contains($0) || $0 == Vocabulary.end || $0 == vocabulary.lineEnd
    }
  }

  private func images(of prompt: Prompt) -> KosmosImages? {
    if prompt.images.isEmpty { return nil }
    let side = preprocessing.size
    let pixels = Tensor(
      prompt.images.flatMap(preprocessing.planes), shape: [prompt.images.count, 3, side, side])
    return KosmosImages(
      .pixels(pixels.moved(to: model.parameters.device)), slots: prompt.imagePositions)
  }

  private func requireRoom(for count: Int, _ what: String) throws(GenerationError) {
    if count <= context { return }
    let latents = model.configuration.connector.latents
    throw GenerationError(
      .promptTooLong,
      "\(what) has \(count) tokens, \(latents + 2) of them for each image, but the model's context is"
        + " \(context); shorten the text or leave out images")
  }
}
