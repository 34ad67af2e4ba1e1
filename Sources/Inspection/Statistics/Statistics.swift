package import Documents
public import Provenance

/// A run in numbers.
public struct Statistics: Hashable, Sendable, Codable {
  /// The run's identity.
  public var run: String
  /// The version of weft that made it.
  public var weft: String
  /// How many archives it reads.
  public var inputs: Int
  /// Their size in bytes.
  public var inputBytes: Int64
  /// What entered each stage, went on and was dropped.
  public var funnel: [StageFunnel]
  /// How many domains there are, the largest of which follow; more than a million are not counted.
  public var domainCount: Int
  /// The domains with the most documents, the largest first.
  public var domains: [DocumentGroup]
  /// The languages with the most documents, the largest first.
  public var languages: [DocumentGroup]
  /// How much was found to be there already, by stage and reason.
  public var duplicates: [DuplicateCount]
  /// How much each corpus holds.
  public var corpora: [CorpusCounts]
  /// How the corpora are packed; empty where the run has no shards.
  public var packing: [CorpusPacking] = []
  /// What the features of images are; `nil` where the run has none.
  public var features: FeatureFacts?
  /// The packed shards; of many only the first.
  public var shards: [ShardRow]
  /// The histograms that hold any value.
  public var histograms: [Histogram]

  /// How many domains, and how many languages, are listed.
  static let groupLimit = 20
  /// How many domains are counted.
  static let countLimit = 1_000_000
  /// How many shards are listed.
  static let shardLimit = 1000

  /// Reads the numbers of a run from its ledger, the index of its shards and its metrics.
  public init(of run: InspectedRun) throws {
    try self.init(of: run.ledger)
    packing = run.packing()
    features = run.features(magnitude: histograms.first { $0.metric == .featureMagnitude })
  }

  /// Reads the numbers of a run from its ledger; the cost grows with partitions, not documents.
  public init(of ledger: Ledger) throws {
    run = ledger.run.id
    weft = ledger.run.weft
    (inputs, inputBytes) = try ledger.inputTotals()
    funnel = try ledger.funnel()
    corpora = try ledger.corpora()
    domainCount = try ledger.groupCount(.domain, limit: Self.countLimit)
    domains = try ledger.groups(.domain, limit: Self.groupLimit)
    languages = try ledger.groups(.language, limit: Self.groupLimit)
    duplicates = DuplicateCount.all(in: funnel)
    shards = Array(try ledger.shards().prefix(Self.shardLimit))
    histograms = try Histogram.Metric.allCases.map(ledger.histogram).filter { $0.count > 0 }
  }
}

extension StageCounts {
  /// The tallies that counted anything, in the order of their units.
  package var ordered: [(unit: Unit, tally: Tally)] {
    Unit.allCases.map { ($0, self[$0]) }.filter { $0.1.entered > 0 }
  }
}

extension Tally {
  /// The reasons for dropping, the most frequent first.
  package var reasons: [(code: String, count: Int)] {
    dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

extension Histogram.Metric {
  /// What is measured, in words.
  var words: String {
    switch self {
    case .documentCharacters: "Length of extracted documents (characters)"
    case .interleavedCharacters: "Length of interleaved documents (characters)"
    case .interleavedImages: "Images in an interleaved document"
    case .textCharacters: "Length of text documents (characters)"
    case .captionCharacters: "Length of captions (characters)"
    case .instructionCharacters: "Length of instructions with their answers (characters)"
    case .imageWidth: "Width of images (pixels)"
    case .imageHeight: "Height of images (pixels)"
    case .imageBytes: "Size of image files (bytes)"
    case .interleavedPositions: "Positions used in a sequence, interleaved (tokens)"
    case .pairPositions: "Positions used in a sequence, pairs (tokens)"
    case .textPositions: "Positions used in a sequence, text (tokens)"
    case .instructionPositions: "Positions used in a sequence, instructions (tokens)"
    case .interleavedUnused: "Packing waste in a sequence, interleaved (positions)"
    case .pairUnused: "Packing waste in a sequence, pairs (positions)"
    case .textUnused: "Packing waste in a sequence, text (positions)"
    case .instructionUnused: "Packing waste in a sequence, instructions (positions)"
    case .featureMagnitude: "Magnitude of an image's features (root mean square × 1,000)"
    }
  }
}
