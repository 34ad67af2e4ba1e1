internal import Curation
public import Documents
internal import Hashing
internal import Sharding
internal import Tokenization

/// Turns the text of the corpora into token ids.
///
/// A partition is a part of the corpora.
public struct TokenizeStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .tokenize }

  /// Plans one partition for each part of the corpora.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let path = run.directory.path(RunDirectory.tokenizer)
    let tokenizer = try Tokenizer(modelPath: path)
    let digest = try Digest(ofFile: path)
    return try run.manifests(of: .curate).map { manifest in
      let part = manifest.partition
      let corpora = manifest.outputs.filter { $0.path.hasPrefix("corpus/") }
      let documents =
        manifest.counts[.interleaved].kept + manifest.counts[.text].kept
        + manifest.counts[.pair].kept
      return Partition(
        index: part, key: PartitionKey().reading(digest).reading(corpora.map(\.digest)),
        work: Int64(documents), reads: Corpus.crawled.map { RunDirectory.corpus($0, part) }
      ) { try tokenize(part, tokenizer: tokenizer, digest: digest, writer: $0) }
    }
  }

  /// Planning reads the tokenizer.
  public func planReads(_ run: RunContext) -> [String] { [RunDirectory.tokenizer] }

  private func tokenize(
    _ number: Int, tokenizer: Tokenizer, digest: Digest, writer: PartitionWriter
  ) throws -> StageCounts {
    var counts = StageCounts()
    let reader = CorpusReader(directory: writer.directory, part: number)
    for corpus in Corpus.crawled {
      var part = TokenizedPartWriter(corpus: corpus, tokenizer: digest)
      func add(_ document: TokenizedDocument) throws {
        try writer.checkInterruption()
        part.add(document)
        counts[corpus.unit].keep()
        writer.advance(by: 1)
      }
      if corpus == .pairs {
        try reader.forEachPair { pair in
          guard let image = pair.image.resolved else {
            preconditionFailure("a pair is kept only with an image that was found")
          }
          try add(
            TokenizedDocument(
              pairOf: pair.document, image: image.digest, caption: pair.caption,
              tokenizer: tokenizer))
        }
      } else {
        try reader.forEachDocument(of: corpus) {
          try add(TokenizedDocument($0, tokenizer: tokenizer))
        }
      }
      try part.write(to: writer.output(RunDirectory.tokens(corpus, number)))
    }
    return counts
  }
}

extension Corpus {
  /// What the documents of the corpus are counted as.
  var unit: StageCounts.Unit {
    switch self {
    case .interleaved: .interleaved
    case .pairs: .pair
    case .text: .text
    case .instructions: .instruction
    }
  }
}
