public import Curation
public import Deduplication

/// Everything a run does, as a pipeline file describes it.
///
/// All keys but `output` and either `read.inputs` or `base` have defaults; those of the rules are KOSMOS-1's,
/// and OBELICS's for images that many pages show.
public struct PipelineConfiguration: Hashable, Sendable, Codable {
  /// The version of the pipeline format.
  public var version = 1
  /// The run directory.
  public var output = ""
  /// The seed of every sampling decision.
  public var seed: UInt64 = 0
  /// How many partitions are worked on at once; 0 stands for one a core.
  ///
  /// Outputs never depend on it.
  public var workers = 0
  /// Where partitions are made; outputs never depend on it.
  public var executor = ExecutorConfiguration()
  /// Which archives are read.
  public var read = ReadConfiguration()
  /// A finished run whose shards and model this one goes on from; it then reads no archives of its own.
  public var base: String?
  /// Which examples the model of ``base`` is tuned on.
  public var instructions = InstructionConfiguration()
  /// How pages become documents.
  public var extract = ExtractConfiguration()
  /// How image responses are checked.
  public var images = ImagesConfiguration()
  /// Which documents are duplicates of others.
  public var deduplicate = DeduplicationConfiguration()
  /// Which documents, images and pairs are kept.
  public var curate = CurationConfiguration()
  /// Where the tokenizer comes from.
  public var tokenizer = TokenizerConfiguration()
  /// Which vision encoder gives the frozen features.
  public var encoder = EncoderConfiguration()
  /// How sequences are packed into shards.
  public var shard = ShardConfiguration()
  /// Which model is trained, and how.
  public var train = TrainConfiguration()

  /// Makes a configuration of defaults.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case version, output, seed, workers, executor, read, base, instructions, extract, images,
      deduplicate
    case curate, tokenizer, encoder, shard, train
  }

  /// Writes every key, absent ones as null, so that a pipeline file may name each.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(output, forKey: .output)
    try container.encode(seed, forKey: .seed)
    try container.encode(workers, forKey: .workers)
    try container.encode(executor, forKey: .executor)
    try container.encode(read, forKey: .read)
    try container.encode(base, forKey: .base)
    try container.encode(instructions, forKey: .instructions)
    try container.encode(extract, forKey: .extract)
    try container.encode(images, forKey: .images)
    try container.encode(deduplicate, forKey: .deduplicate)
    try container.encode(curate, forKey: .curate)
    try container.encode(tokenizer, forKey: .tokenizer)
    try container.encode(self.encoder, forKey: .encoder)
    try container.encode(shard, forKey: .shard)
    try container.encode(train, forKey: .train)
  }
}

/// Which archives a run reads.
public struct ReadConfiguration: Hashable, Sendable, Codable {
  /// WARC files, as paths or patterns with `*` and `?`, relative to the current directory, or as addresses of
  /// objects: `s3://bucket/key`, where the key may be a pattern, and `https://host/path`; or archives and records
  /// of Common Crawl by name, as `commoncrawl:CC-MAIN-2026-30?domain=example.com`.
  public var inputs: [String] = []
  /// Where Common Crawl gives its data: the address before `crawl-data/`, of a web server or a bucket.
  public var commonCrawl = "https://data.commoncrawl.org/"
  /// How many bytes copies of archives of stores may have together on the local disk.
  ///
  /// Outputs never depend on it.
  public var cacheBytes = 8 << 30
  /// The largest block of a record that is read, in bytes; larger ones are dropped with a reason.
  public var maximumBlockBytes = 64 << 20

  /// Makes a configuration of defaults.
  public init() {}
}

/// How pages become documents.
public struct ExtractConfiguration: Hashable, Sendable, Codable {
  /// How many pages make one part, the unit of work that a crash can cost.
  public var pagesPerPart = 512

  /// Makes a configuration of defaults.
  public init() {}
}

/// How image responses are checked.
public struct ImagesConfiguration: Hashable, Sendable, Codable {
  /// How many images make one part.
  public var imagesPerPart = 1024
  /// The largest number of pixels; checked from the header, before anything is decoded.
  public var maximumPixels = 64_000_000
  /// The longest side in pixels (OBELICS, appendix A.1).
  public var maximumSide = 20_000
  /// The largest file in bytes.
  public var maximumBytes = 32 << 20
  /// Which images the corpora hold as they were crawled, and how others are scaled.
  public var store = ImageStoreConfiguration()
  /// How images that the archives lack are fetched.
  public var fetch = ImageFetchConfiguration()
  /// Which classifier tells how likely an image is unsafe; none by default.
  public var classifier = ClassifierConfiguration()

  /// Makes a configuration of defaults.
  public init() {}
}
