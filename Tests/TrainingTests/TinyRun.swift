import Documents
import Hashing
import ImageDecoding
import Kosmos
import Sharding
import Storage
import Tensors
import TestSupport
import Tokenization
import Training

/// A run directory with three small corpora of invented sentences, made by the writers of the real one.
struct TinyRun {
  let directory = TemporaryDirectory()
  let tokenizer: Tokenizer
  var model = KosmosConfiguration.tiny
  var inputs: TrainingInputs
  /// How the features of the shards that are written next are kept.
  var storage = FeatureStorage.float16

  /// The sentences: a small language whose next word is mostly known.
  static let sentences: [String] = ["red", "green", "blue", "grey"].flatMap { colour in
    ["circle", "square", "star", "line"].map { shape in
      "a big \(colour) \(shape) stands near the small \(shape) and the colour is \(colour)"
    }
  }

  init(corpora: [Corpus] = Corpus.crawled, documents: Int = 12) throws {
    let path = directory.path
    let bytes = try TokenizerTrainer(pieces: 36).train(lines: Self.sentences)
    try AtomicFile.write(bytes, to: "\(path)/tokenizer/sentencepiece.model")
    tokenizer = try Tokenizer(modelBytes: bytes)
    let weights = "\(path)/vision.safetensors"
    try CLIPVisionEncoder.writeRandom(model.vision, seed: 1, to: weights)
    model.decoder.vocabularySize = tokenizer.vocabulary.size
    model.decoder.maximumLength = 128
    inputs = TrainingInputs(
      shards: "\(path)/shards", tokenizer: "\(path)/tokenizer/sentencepiece.model",
      visionWeights: weights, preprocessing: CLIPPreprocessing(size: model.vision.imageSize),
      checkpoints: "\(path)/checkpoints", metrics: "\(path)/metrics")
    for corpus in corpora {
      try write(
        corpus, Digest(of: bytes), Digest(ofFile: weights), documents: documents)
    }
  }

  /// Writes the shards of a corpus; a quarter of the documents is held out.
  func write(
    _ corpus: Corpus, _ tokenizerDigest: Digest, _ encoder: Digest, documents: Int = 12
  ) throws {
    let directory = "\(inputs.shards)/\(corpus.rawValue)"
    var index = ShardIndex(corpus: corpus, shards: [])
    for (number, split) in Split.allCases.enumerated() {
      let description = ShardDescription(
        corpus: corpus, split: split, tokenizer: tokenizerDigest, encoder: encoder,
        preprocessing: "test 1", maximumLength: model.decoder.maximumLength,
        vocabularySize: tokenizer.vocabulary.size, latents: model.connector.latents,
        featureTokens: model.vision.tokenCount, featureWidth: model.vision.width,
        featureStorage: storage)
      var packer = Packer(
        corpus: corpus, vocabulary: tokenizer.vocabulary,
        maximumLength: description.maximumLength, latents: description.latents)
      var writer = ShardWriter(description)
      for document in 0..<documents where (document % 4 == 0) == (split == .validation) {
        for sequence in packer.add(try self.document(document, of: corpus)) { writer.add(sequence) }
      }
      if let rest = packer.finish() { writer.add(rest) }
      let name = ShardIndex.shardName(number)
      try writer.write(to: "\(directory)/\(name)") {
        Self.features(of: $0, description.featureLayout)
      }
      index.shards.append(try ShardIndex.Entry(file: name, in: directory))
    }
    try index.write(to: directory)
  }

  /// Writes the shards of a corpus anew for the same tokenizer and encoder.
  func write(_ corpus: Corpus, documents: Int = 12) throws {
    try write(
      corpus, Digest(ofFile: inputs.tokenizer), Digest(ofFile: inputs.visionWeights),
      documents: documents)
  }

  private func document(_ number: Int, of corpus: Corpus) throws -> TokenizedDocument {
    let id = Self.documentID(number, of: corpus)
    let sentence = Self.sentences[number % Self.sentences.count]
    let line = tokenizer.encode(sentence)
    let image = Digest(of: Array(sentence.utf8))
    switch corpus {
    case .text: return TokenizedDocument(id: id, units: [.line(line), .line(line.reversed())])
    case .pairs:
      return TokenizedDocument(
        pairOf: id, image: image, caption: sentence, tokenizer: tokenizer)
    case .instructions:
      return TokenizedDocument(
        id: id, units: [.line(line), .line(line)], contextLength: line.count + 3)
    case .interleaved:
      return TokenizedDocument(
        id: id, units: [.line(line), .image(0), .line(line)], images: [image])
    }
  }

  /// The identity of an invented document.
  static func documentID(_ number: Int, of corpus: Corpus) -> DocumentID {
    let digest = Digest(of: Array("\(corpus.rawValue) \(number)".utf8))
    guard let id = DocumentID(bytes: digest.bytes.prefix(16)) else { fatalError("16 bytes") }
    return id
  }

  /// Invented features that a digest decides.
  private static func features(of image: Digest, _ layout: FeatureLayout) -> [UInt8] {
    var generator = SeededGenerator(seed: image.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    let features = (0..<layout.count).map { _ in
      Float(Double.random(in: -1...1, using: &generator))
    }
    guard let bytes = layout.stored(features) else { fatalError("numbers from -1 to 1") }
    return bytes
  }

  /// A short training whose loss falls.
  var configuration: TrainingConfiguration {
    TrainingConfiguration(
      steps: 60, warmupSteps: 6, learningRate: 5e-3, tokensPerStep: 400, microBatchTokens: 256,
      validateEvery: 0, checkpointEvery: 0)
  }

  /// Makes a trainer whose clock counts calls, so that metrics are the same each time.
  func trainer(
    _ configuration: TrainingConfiguration? = nil, model: KosmosConfiguration? = nil
  ) throws -> Trainer {
    // Operations this small only wait for one another on two threads.
    setThreads(1)
    var calls = 0.0
    return try Trainer(
      configuration ?? self.configuration, model: model ?? self.model, inputs: inputs
    ) {
      calls += 1
      return 1_700_000_000 + calls
    }
  }
}
