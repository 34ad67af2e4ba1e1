internal import Curation
public import Documents
internal import Provenance
internal import RemoteArchives
internal import Sharding
internal import Tokenization

extension InspectedRun {
  /// Traces a token to its document, node and record, or to its example, and reads those bytes back.
  ///
  /// - Parameter extract: Extracts a page again, so that its text is compared too.
  /// - Throws: ``InspectionError`` where there is no such token; `ShardingError`, `TokenizerError`
  ///   and `LedgerError` where a file of the run cannot be read.
  public func trace(
    _ corpus: Corpus, shard number: Int, sequence index: Int, position: Int,
    extract: RecordProof.Extract? = nil
  ) throws -> TokenTrace {
    let shard = try shard(corpus, number)
    let sequence = try sequence(index, of: shard)
    guard sequence.tokens.indices.contains(position) else {
      throw InspectionError(
        .notFound,
        "sequence \(index) of '\(shard.path)' has no position \(position); it has "
          + "\(sequence.tokens.count), from 0 on")
    }
    let tokenizer = try tokenizer()
    let text = SequenceText(sequence.tokens, tokenizer)
    let token = sequence.tokens[position]
    var trace = TokenTrace(
      corpus: corpus, shard: number, sequence: index, position: position, token: token,
      piece: tokenizer.piece(of: token), isTarget: sequence.lossMask[position] == 1,
      before: text.before(position), text: text.at(position), after: text.after(position))
    trace.segment = try ledger.segment(
      corpus, shard: number, sequence: index, position: position)
    guard let segment = trace.segment else { return trace }
    if let row = try ledger.instruction(segment.document) {
      trace.instruction = row
      trace.input = try ledger.input(row.input)
      trace.example = trace.input.map {
        proof(
          of: row, in: $0, segment: segment, position: position, tokens: sequence.tokens,
          tokenizer: tokenizer)
      }
      return trace
    }
    trace.document = try ledger.document(segment.document)
    trace.source = try source(of: token, at: position, segment, sequence, shard, tokenizer)
    trace.record = try ledger.record(segment.document)
    guard let record = trace.record else { return trace }
    trace.input = try ledger.input(record.location.input)
    guard let input = trace.input else { return trace }
    trace.original = try record.original.flatMap { try ledger.record($0) }
    trace.origin = try ArchiveOrigins.origin(
      of: input.path, at: (trace.original ?? record).location.memberOffset)
    trace.proof = RecordProof(
      of: record, repeating: trace.original, in: input, node: trace.source, extract: extract)
    return trace
  }

  /// The node of the token at a position of a sequence.
  func source(
    of token: Int32, at position: Int, _ segment: SegmentRow, _ sequence: ShardSequence,
    _ shard: Shard, _ tokenizer: Tokenizer
  ) throws -> TokenSource? {
    let images = sequence.images.filter {
      $0.position > segment.start && $0.position < segment.start + segment.length
    }
    let digests = images.map { shard.imageDigest(row: $0.row) }
    guard let entry = try entry(of: segment, images: digests) else { return nil }
    let sample = try sample(entry)
    let sources: TokenSources
    if segment.corpus == .pairs {
      guard let digest = digests.first else { return nil }
      sources = TokenSources(
        try sample.value(ImageTextPair.self), digest, tokenizer, shard.description)
    } else {
      sources = TokenSources(
        try sample.value(InterleavedDocument.self), tokenizer, shard.description)
    }
    return sources.source(
      of: token, at: position, start: segment.start, offset: segment.documentOffset)
  }

  /// The entry of a corpus that a segment came from; a pair is told by its image.
  private func entry(of segment: SegmentRow, images: [Digest]) throws -> CorpusEntry? {
    let entries = try ledger.entries(of: segment.document).filter { $0.corpus == segment.corpus }
    guard segment.corpus == .pairs else { return entries.first }
    if let image = segment.image { return entries.first { $0.image == image } }
    let shown = try ledger.images(of: segment.document)
    let places = shown.filter { image in
      images.contains { $0 == image.digest } && entries.contains { $0.image == image.image }
    }
    return entries.first { $0.image == places.first?.image }
  }
}
