internal import Curation
public import Documents
internal import Sharding
internal import Tokenization

/// Takes a sample of the lines of the corpora, which the tokenizer is trained on.
///
/// A partition is some consecutive parts of the corpora. Their samples are joined to that of everything. A
/// pipeline that names a model needs none.
public struct SampleStage: Stage {
  private let pagesPerPart: Int?

  /// Makes the stage.
  public init() { pagesPerPart = nil }

  /// A stage whose partitions read so many pages, for tests.
  init(pagesPerPart: Int) { self.pagesPerPart = pagesPerPart }

  /// The stage's name.
  public var name: StageName { .sample }

  /// Plans one partition for as many pages as give about four times what is sampled.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let configuration = run.configuration.tokenizer
    guard configuration.model == nil else { return [] }
    let pages = pagesPerPart ?? max(1, 4 * configuration.sampleBytes / Self.bytesPerPage)
    let curated = try run.manifests(of: .curate)
    return try groups(of: run, pages: pages).enumerated().map { index, parts in
      let manifests = curated.filter { parts.contains($0.partition) }
      let corpora = manifests.flatMap(\.outputs).filter { $0.path.hasPrefix("corpus/") }
      let (seed, limit) = (run.configuration.seed, configuration.sampleBytes)
      return Partition(
        index: index,
        key: try PartitionKey().reading(corpora.map(\.digest)).with("parts", parts)
          .with("sampleBytes", limit).with("seed", seed),
        work: manifests.reduce(0) { $0 + $1.corpusBytes },
        reads: parts.flatMap { part in Corpus.crawled.map { RunDirectory.corpus($0, part) } }
      ) { writer in
        var sample = LineSample(seed: seed, byteLimit: limit)
        for manifest in manifests {
          try writer.checkInterruption()
          try sample.add(partOfCorpora: manifest.partition) { _ in writer.directory }
          writer.advance(by: manifest.corpusBytes)
        }
        try SampledLines.write(
          &sample, of: parts, to: writer.output(RunDirectory.sampledLines(index)))
        return StageCounts()
      }
    }
  }

  /// What a page gives to the corpora in text: 3.6 KB of the sample crawl's, here a power of two.
  private static let bytesPerPage = 1 << 12

  /// Consecutive parts that have about so many pages together, dropped ones included: their number stays
  /// when something is forgotten, and with it the division.
  private func groups(of run: RunContext, pages limit: Int) throws -> [[Int]] {
    var groups: [[Int]] = []
    var pages = limit
    for manifest in try run.manifests(of: .extract) {
      if pages >= limit {
        groups.append([])
        pages = 0
      }
      groups[groups.count - 1].append(manifest.partition)
      pages += manifest.counts[.page].entered
    }
    return groups
  }
}

extension LineSample {
  /// Offers the lines of a part of the corpora.
  ///
  /// - Parameter directory: Where the archive of each corpus is.
  mutating func add(partOfCorpora part: Int, in directory: (Corpus) -> RunDirectory) throws {
    for corpus in Corpus.crawled {
      try CorpusReader(directory: directory(corpus), part: part).forEachText(of: corpus) { add($0) }
    }
  }
}

extension CorpusReader {
  /// Calls a function with the text of each document, or the caption of each pair.
  func forEachText(of corpus: Corpus, _ body: (String) throws -> Void) throws {
    if corpus == .pairs {
      try forEachPair { try body($0.caption) }
    } else {
      try forEachDocument(of: corpus) { try body($0.text) }
    }
  }
}

extension PartitionManifest {
  /// The size of the corpora that a partition of the curate stage wrote, in bytes.
  var corpusBytes: Int64 {
    outputs.filter { $0.path.hasPrefix("corpus/") }.reduce(0) { $0 + $1.bytes }
  }
}
