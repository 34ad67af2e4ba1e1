/// The paths of a run's files; see `docs/formats.md`.
public struct RunDirectory: Hashable, Sendable {
  /// The directory itself.
  public let root: String

  /// Names a run directory; nothing is made.
  public init(_ root: String) {
    self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
  }

  /// The full path of a file named relative to the run directory.
  public func path(_ relative: String) -> String { root + "/" + relative }

  /// What the run is: its pipeline, inputs and versions.
  public static let description = "run.json"
  /// The ledger.
  public static let ledger = "provenance.sqlite"
  /// The tokenizer.
  public static let tokenizer = "tokenizer/sentencepiece.model"
  /// The vision encoder of random weights, where one was made.
  public static let randomEncoder = "encoder/model.safetensors"
  /// The checkpoints of training.
  public static let checkpoints = "checkpoints"
  /// The metrics of training.
  public static let metrics = "metrics"
  /// What is left to do of a forgetting; there while one is being finished.
  public static let forgetJournal = "work/forget/journal.json"
  /// The report.
  public static let report = "report/index.html"

  /// What a partition of a stage made, written last.
  public static func manifest(_ stage: StageName, _ partition: Int) -> String {
    "work/manifests/\(stage.rawValue)/" + part(partition, "json")
  }

  /// How long a stage took when it last made something.
  public static func time(_ stage: StageName) -> String { "work/times/\(stage.rawValue).json" }

  /// The rows a partition of a stage gives to the ledger.
  public static func ledgerPart(_ stage: StageName, _ partition: Int) -> String {
    "work/ledger/\(stage.rawValue)/" + part(partition, "jsonl.zst")
  }

  /// The records of an input that later stages read.
  public static func records(_ partition: Int) -> String {
    "work/read/" + part(partition, "jsonl.zst")
  }

  /// How many responses of each kind ``records(_:)`` has, and where.
  public static func responseIndex(_ partition: Int) -> String {
    "work/read/" + part(partition, "json")
  }

  /// Extracted documents.
  public static func documents(_ partition: Int) -> String {
    "documents/" + part(partition, "jsonl.zst")
  }

  /// What decoding found of image responses.
  public static func images(_ partition: Int) -> String {
    "work/images/" + part(partition, "jsonl.zst")
  }

  /// How likely the images of a part are unsafe.
  public static func imageScores(_ partition: Int) -> String {
    "work/nsfw/" + part(partition, "jsonl.zst")
  }

  /// An archive of images that were fetched from the network.
  public static func fetched(_ segment: Int) -> String {
    "fetched/" + name("images", segment, "warc")
  }

  /// The signatures of a part's documents.
  public static func signatures(_ partition: Int) -> String {
    "work/signatures/" + part(partition, "bin")
  }

  /// Which documents agree in something, as far as one range of hashes tells.
  public static func matches(_ partition: Int) -> String {
    "work/matches/" + part(partition, "bin")
  }

  /// Pairs of near duplicates, as far as some bands tell.
  public static func nearPairs(_ partition: Int) -> String {
    "work/compared/" + part(partition, "bin")
  }

  /// The duplicates among a part's documents.
  public static func duplicates(_ partition: Int) -> String {
    "work/duplicates/" + part(partition, "jsonl.zst")
  }

  /// The image URLs of a part's documents.
  public static func imageURLs(_ partition: Int) -> String {
    "work/signatures/" + part(partition, "images")
  }

  /// Where the entry of each image URL of a range of hashes stands among ``imageIndexEntries(_:)``.
  public static func imageIndexKeys(_ range: Int) -> String {
    "work/locate/" + part(range, "keys")
  }

  /// What each image URL of a range of hashes leads to.
  public static func imageIndexEntries(_ range: Int) -> String {
    "work/locate/" + part(range, "entries")
  }

  /// Pairs of images that look alike, as far as some stretches of their hashes tell.
  public static func alikePairs(_ partition: Int) -> String {
    "work/alike/" + part(partition, "bin")
  }

  /// How many pages show each image of a range of digests.
  public static func pagesOfImages(_ range: Int) -> String {
    "work/resolve/" + part(range, "pages")
  }

  /// Where duplicates are sorted; empty between runs.
  public static let sortedRuns = "work/sorted-runs"

  /// The documents or pairs of a corpus, as a WebDataset archive.
  public static func corpus(_ corpus: Corpus, _ partition: Int) -> String {
    "corpus/\(corpus.rawValue)/" + part(partition, "tar")
  }

  /// The images that a part of the corpora shows.
  public static func shownImages(_ partition: Int) -> String {
    "work/shown/" + part(partition, "jsonl.zst")
  }

  /// A sample of the lines of some parts of the corpora.
  public static func sampledLines(_ partition: Int) -> String {
    "work/sample/" + part(partition, "jsonl.zst")
  }

  /// The token ids of a part of a corpus.
  public static func tokens(_ corpus: Corpus, _ partition: Int) -> String {
    "work/tokens/\(corpus.rawValue)/" + part(partition, "safetensors")
  }

  /// What the partitions of a stage are and depend on, for the workers that make them.
  public static func plan(_ stage: StageName) -> String { "work/plans/\(stage.rawValue).json" }

  /// Where the workers of a stage write; below it, a run directory for each attempt.
  public static func attempts(_ stage: StageName) -> String { "\(attempts)/\(stage.rawValue)" }

  /// Where workers write.
  public static let attempts = "work/attempts"

  /// The outputs of one attempt at a partition, until they are taken over.
  public static func attempt(_ stage: StageName, _ partition: Int, _ name: String) -> String {
    attempts(stage) + "/" + part(partition, name)
  }

  /// What the workers of a stage have finished and nobody has taken over yet.
  public static func commits(_ stage: StageName) -> String { "work/commits/\(stage.rawValue)" }

  /// Which attempt made a partition of a key first.
  public static func commit(_ stage: StageName, _ partition: Int, _ key: Digest) -> String {
    commits(stage) + "/" + part(partition, "\(key).json")
  }

  /// Frozen features of images.
  public static func features(_ partition: Int) -> String {
    "work/features/" + part(partition, "safetensors")
  }

  /// The shards of a corpus with their index.
  public static func shards(_ corpus: Corpus) -> String { "shards/\(corpus.rawValue)" }

  /// The shards that were packed out of one range of a corpus's order.
  public static func shardRange(_ corpus: Corpus, _ range: Int) -> String {
    "work/shards/\(corpus.rawValue)/" + part(range, "json")
  }

  private static func part(_ number: Int, _ suffix: String) -> String {
    name("part", number, suffix)
  }

  private static func name(_ stem: String, _ number: Int, _ suffix: String) -> String {
    let digits = String(number)
    let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
    return "\(stem)-\(zeros)\(digits).\(suffix)"
  }
}
