internal import Compression
internal import Documents
internal import Hashing
internal import Provenance
internal import Sharding

/// Takes out of the rows of a partition what goes.
struct LedgerExcision {
  let list: ForgottenList
  let corpora: CorpusExcision
  /// The images that no corpus shows any more.
  let gone: Set<Digest>
  /// The addresses that led to images of forgotten digests.
  let urls: Set<String>
  /// The shards that were rewritten, by corpus and number.
  let shards: [Corpus: [Int: RewrittenShard]]
  let staged: StagedFiles

  /// How many extracted documents go.
  let documents: Int

  private(set) var counts = CountsChange()
  private var isChanged = false
  private var seenSequences: Set<[Int]> = []
  private var duplicates: Set<DocumentID> = []

  init(
    list: ForgottenList, corpora: CorpusExcision, gone: Set<Digest>, urls: Set<String>,
    shards: [Corpus: [Int: RewrittenShard]], documents: Int, staged: StagedFiles
  ) {
    self.list = list
    self.corpora = corpora
    self.gone = gone
    self.urls = urls
    self.shards = shards
    self.documents = documents
    self.staged = staged
  }

  /// Changes counts beside what the rows tell.
  mutating func change(_ body: (inout CountsChange) -> Void) { body(&counts) }

  /// Writes the rows of a partition without what goes.
  ///
  /// - Returns: Whether they are others than before; if not, nothing was written.
  mutating func rewrite(_ stage: StageName, part: Int) throws -> Bool {
    let relative = RunDirectory.ledgerPart(stage, part)
    var reader = try JSONLinesReader<LedgerRow>(path: staged.directory.path(relative))
    var writer = try JSONLinesWriter(path: staged.path(relative))
    while let row = try reader.next() {
      let rest = rewritten(row, of: stage)
      if rest != [row] { isChanged = true }
      for row in rest { try writer.write(row) }
    }
    guard isChanged else { return false }
    try writer.commit()
    try staged.add(relative)
    return true
  }

  /// The rows that stand in the place of one.
  private mutating func rewritten(_ row: LedgerRow, of stage: StageName) -> [LedgerRow] {
    switch row {
    case .record(let row): return [.record(list.redacted(row))]
    case .document(let row):
      guard list.records.contains(row.id) else { return [.document(row)] }
      counts.drop(.page)
      return [.decision(Self.decision(.page, row.id))]
    case .image(let row): return rewritten(row)
    case .documentImage(let row): return rewritten(row)
    case .storedImage(let row): return gone.contains(row.digest) ? [] : [.storedImage(row)]
    case .corpusDocument(let row): return rewritten(row)
    case .pair(let row): return rewritten(row)
    case .decision(let row): return rewritten(row, of: stage)
    case .counts(let old):
      if stage == .deduplicate {
        // Of a document that is no duplicate there is no row.
        counts.remove(kept: .page, documents - duplicates.count)
      }
      return [.counts(counts.applied(to: old))]
    case .artefact(let row): return rewritten(row)
    case .shard(let row): return rewritten(row)
    case .segment(let row): return rewritten(row)
    // What stages measured of everything tells nothing of what goes.
    case .input, .instruction, .histogram, .group: return [row]
    }
  }

  private static func decision(_ unit: StageCounts.Unit, _ id: RecordID) -> DecisionRow {
    DecisionRow(unit: unit, subject: .record(id), reason: Reason(.forgotten))
  }

  private mutating func rewritten(_ row: ImageRow) -> [LedgerRow] {
    let goes =
      list.selectors.images.contains(row.digest) || list.records.contains(row.record)
      || list.match(row.url)
    guard goes else { return [.image(row)] }
    counts.drop(.imageResponse)
    return [.decision(Self.decision(.imageResponse, row.record))]
  }

  private func rewritten(_ row: DocumentImageRow) -> [LedgerRow] {
    if list.records.contains(row.document) { return [] }
    let isListed = row.digest.map { list.selectors.images.contains($0) } ?? false
    var redacted = row
    if isListed || list.match(row.url) || urls.contains(row.url) {
      redacted.url = ForgottenList.address
      redacted.digest = nil
    }
    return [.documentImage(redacted)]
  }

  private mutating func rewritten(_ row: CorpusDocumentRow) -> [LedgerRow] {
    let unit: StageCounts.Unit = row.corpus == .text ? .text : .interleaved
    if corpora.documents[row.corpus]?.contains(row.document) ?? false {
      if list.records.contains(row.document) {
        counts.remove(kept: unit)
        return []
      }
      counts.drop(unit)
      return [.decision(Self.decision(unit, row.document))]
    }
    if row.corpus == .interleaved, let cut = corpora.rows[row.document] {
      var new = cut
      (new.domain, new.language) = (row.domain, row.language)
      return [.corpusDocument(new)]
    }
    return [.corpusDocument(row)]
  }

  private mutating func rewritten(_ row: PairRow) -> [LedgerRow] {
    guard corpora.pairs.contains(.init(document: row.document, image: row.digest)) else {
      return [.pair(row)]
    }
    if list.records.contains(row.document) {
      counts.remove(kept: .pair)
    } else {
      counts.drop(.pair)
    }
    return []
  }

  /// What was decided of a forgotten page goes with it, and so do the counts of documents.
  private mutating func rewritten(_ row: DecisionRow, of stage: StageName) -> [LedgerRow] {
    switch row.subject {
    case .image(let digest): return gone.contains(digest) ? [] : [.decision(row)]
    case .record(let id):
      guard list.records.contains(id), row.reason.code != .forgotten else {
        return [.decision(row)]
      }
      switch (stage, row.unit) {
      case (.deduplicate, .page):
        duplicates.insert(id)
        counts.remove(dropped: .page, row.reason.code)
      case (.curate, .interleaved), (.curate, .text), (.curate, .pair):
        counts.remove(dropped: row.unit, row.reason.code)
      case (.read, _), (.extract, _), (.images, _):
        // These say why a record or an element went no further; they stay with it, without its words.
        var plain = row
        plain.reason.detail = nil
        return [.decision(plain)]
      default: break
      }
      return []
    }
  }

  private func rewritten(_ row: ArtefactRow) -> [LedgerRow] {
    guard let file = staged.file(row.path) else {
      return [.artefact(row)]
    }
    guard let digest = file.after, let bytes = staged.sizes[row.path] else { return [] }
    return [.artefact(.init(path: row.path, bytes: bytes, digest: digest))]
  }

  private func rewritten(_ row: ShardRow) -> [LedgerRow] {
    guard let shard = shards[row.corpus]?[row.shard] else { return [.shard(row)] }
    guard let entry = shard.entry else { return [] }
    var new = row
    new.bytes = entry.bytes
    new.digest = entry.sha256
    new.sequences = entry.counts.sequences
    new.tokens = entry.counts.tokens
    new.images = entry.counts.slots
    return [.shard(new)]
  }

  /// The rows of a whole sequence stand in the place of its first one.
  private mutating func rewritten(_ row: SegmentRow) -> [LedgerRow] {
    guard let shard = shards[row.corpus]?[row.shard] else { return [.segment(row)] }
    guard seenSequences.insert([row.shard, row.sequence]).inserted,
      let sequence = shard.sequences[row.sequence]
    else { return [] }
    let ends = sequence.segments.dropFirst().map(\.start) + [sequence.tokens]
    return zip(sequence.segments, ends).map { segment, end in
      .segment(
        .init(
          corpus: row.corpus, shard: row.shard, sequence: sequence.number, start: segment.start,
          length: end - segment.start, document: segment.document,
          documentOffset: segment.offset, image: row.corpus == .pairs ? row.image : nil))
    }
  }
}
