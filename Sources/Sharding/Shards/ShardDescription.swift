public import Documents

/// What a shard was made of and how: everything but its counts.
public struct ShardDescription: Hashable, Sendable, Codable {
  /// The corpus.
  public var corpus: Corpus
  /// Whether the sequences are for training or held out.
  public var split: Split
  /// The digest of the tokenizer's model.
  public var tokenizer: Digest
  /// The digest of the image encoder's weights.
  public var encoder: Digest
  /// The name and version of the image preprocessing.
  public var preprocessing: String
  /// The most tokens of a sequence.
  public var maximumLength: Int
  /// The number of token ids.
  public var vocabularySize: Int
  /// The latent positions of an image in a sequence.
  public var latents: Int
  /// The tokens of an image's features, such as 257 for CLIP ViT-L/14 at 224 pixels.
  public var featureTokens: Int
  /// The numbers of each of those tokens, such as 1,024.
  public var featureWidth: Int
  /// The type in which the features are kept.
  public var featureStorage: FeatureStorage

  /// Makes a description from its parts.
  public init(
    corpus: Corpus, split: Split, tokenizer: Digest, encoder: Digest, preprocessing: String,
    maximumLength: Int = 2048, vocabularySize: Int, latents: Int = 64, featureTokens: Int,
    featureWidth: Int, featureStorage: FeatureStorage = .float16
  ) {
    self.corpus = corpus
    self.split = split
    self.tokenizer = tokenizer
    self.encoder = encoder
    self.preprocessing = preprocessing
    self.maximumLength = maximumLength
    self.vocabularySize = vocabularySize
    self.latents = latents
    self.featureTokens = featureTokens
    self.featureWidth = featureWidth
    self.featureStorage = featureStorage
  }

  /// How the features of an image are laid out.
  public var featureLayout: FeatureLayout {
    FeatureLayout(featureStorage, tokens: featureTokens, width: featureWidth)
  }

  /// The bytes of one image's features.
  public var featureByteCount: Int { featureLayout.byteCount }
}

/// How much there is in a shard, or in several.
public struct ShardCounts: Hashable, Sendable, Codable {
  /// The sequences.
  public var sequences = 0
  /// The tokens of all sequences.
  public var tokens = 0
  /// The tokens that are targets.
  public var targets = 0
  /// The distinct images of each shard.
  public var images = 0
  /// The images of all sequences, repetitions included.
  public var slots = 0
  /// The runs of tokens of one document.
  public var segments = 0
  /// The documents that begin in the sequences.
  public var documents = 0

  /// Counts nothing.
  public init() {}

  /// Adds other counts to these.
  public mutating func add(_ other: ShardCounts) {
    sequences += other.sequences
    tokens += other.tokens
    targets += other.targets
    images += other.images
    slots += other.slots
    segments += other.segments
    documents += other.documents
  }

  /// The share of a batch that would be padding, were every sequence filled up to a length.
  public func paddingShare(maximumLength: Int) -> Double {
    sequences == 0 ? 0 : 1 - Double(tokens) / (Double(sequences) * Double(maximumLength))
  }
}

extension ShardDescription {
  /// The description and counts as the metadata of a shard.
  func metadata(_ counts: ShardCounts) -> [String: String] {
    [
      FormatHeader.formatKey: Shard.format, FormatHeader.versionKey: String(Shard.version),
      "corpus": corpus.rawValue, "split": split.rawValue, "tokenizer": tokenizer.description,
      "encoder": encoder.description, "preprocessing": preprocessing,
      "maximumLength": String(maximumLength), "vocabularySize": String(vocabularySize),
      "latents": String(latents), "featureTokens": String(featureTokens),
      "featureWidth": String(featureWidth),
      FeatureTable.storageKey: featureStorage.rawValue, "sequences": String(counts.sequences),
      "tokens": String(counts.tokens), "targets": String(counts.targets),
      "images": String(counts.images), "slots": String(counts.slots),
      "segments": String(counts.segments), "documents": String(counts.documents),
    ]
  }

  /// Reads a description from a shard's metadata.
  init(_ header: FormatHeader) throws(ShardingError) {
    corpus = try header.value("corpus")
    split = try header.value("split")
    tokenizer = try header.digest("tokenizer")
    encoder = try header.digest("encoder")
    preprocessing = try header.text("preprocessing")
    maximumLength = try header.number("maximumLength", in: 1...1 << 24)
    vocabularySize = try header.number("vocabularySize", in: 1...1 << 24)
    latents = try header.number("latents", in: 1...1 << 16)
    featureTokens = try header.number("featureTokens", in: 1...1 << 20)
    featureWidth = try header.number("featureWidth", in: 1...1 << 20)
    // The first version had F16 only.
    featureStorage = header.version == 1 ? .float16 : try header.value(FeatureTable.storageKey)
  }
}

extension ShardCounts {
  /// Reads counts from a shard's metadata.
  init(_ header: FormatHeader) throws(ShardingError) {
    let any = 0...Self.limit
    sequences = try header.number("sequences", in: any)
    tokens = try header.number("tokens", in: any)
    targets = try header.number("targets", in: 0...tokens)
    images = try header.number("images", in: any)
    slots = try header.number("slots", in: any)
    segments = try header.number("segments", in: any)
    documents = try header.number("documents", in: 0...segments)
  }

  /// More than any corpus has, and few enough for the sum of any index's shards to be a number.
  private static let limit = 1 << 40

  /// Whether the counts are such as a shard can have.
  var arePlausible: Bool {
    [sequences, tokens, targets, images, slots, segments, documents]
      .allSatisfy { (0...Self.limit).contains($0) }
  }
}
