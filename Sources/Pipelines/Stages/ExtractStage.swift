internal import Compression
public import Documents
internal import Interleaving
internal import Provenance
internal import WebAddress
internal import WebArchive

/// Reads the pages of the archives and turns each into a document of text and images.
///
/// A partition is a number of consecutive pages of one archive.
public struct ExtractStage: Stage {
  /// Makes the stage.
  public init() {}

  /// The stage's name.
  public var name: StageName { .extract }

  /// Plans one partition for each ``ExtractConfiguration/pagesPerPart`` pages.
  public func plan(_ run: RunContext) throws -> [Partition] {
    let configuration = run.configuration
    let chunks = try ResponseChunk.all(
      .page, of: run, size: configuration.extract.pagesPerPart)
    return try chunks.enumerated().map { index, chunk in
      Partition(
        index: index,
        key: try PartitionKey().reading(chunk.input.digest)
          .with("pages", [chunk.first, chunk.count])
          .with("maximumBlockBytes", configuration.read.maximumBlockBytes),
        work: Int64(chunk.count), reads: chunk.reads
      ) {
        try PageExtraction(
          chunk: chunk, part: index, forgotten: run.forgotten, writer: $0
        ).perform()
      }
    }
  }

  /// Planning reads how many responses each archive has.
  public func planReads(_ run: RunContext) -> [String] { ResponseChunk.planReads(run) }
}

/// The extraction of a part's pages.
private struct PageExtraction {
  let chunk: ResponseChunk
  let part: Int
  let forgotten: ForgottenList
  let writer: PartitionWriter
  let extractor = Extractor()

  func perform() throws -> StageCounts {
    var counts = StageCounts()
    var documents = try JSONLinesWriter(path: writer.output(RunDirectory.documents(part)))
    let responses = try chunk.responses()
    let records = try chunk.recordReader(responses, writer)
    for page in responses {
      try writer.checkInterruption()
      switch try document(of: page, from: records, counting: &counts) {
      case .kept(let document):
        counts[.page].keep()
        try documents.write(line: document.json)
        try writer.record(.document(document.row))
      case .dropped(let reason):
        counts[.page].drop(reason.code)
        try writer.record(
          .decision(.init(unit: .page, subject: .record(page.id), reason: reason)))
      }
      writer.advance(by: 1)
    }
    try documents.commit()
    return counts
  }

  private func document(
    of page: ArchivedResponse, from records: RecordReader,
    counting counts: inout StageCounts
  ) throws -> Decision<InterleavedDocument> {
    if forgotten.match(page.url) { return .dropped(Reason(.forgotten)) }
    switch records.response(page) {
    case .dropped(let reason): return .dropped(reason)
    case .kept(let response):
      let extraction = extractor.extract(
        body: response.body, contentType: response.fields["Content-Type"], url: page.url,
        id: page.id)
      try note(extraction, of: page, counting: &counts)
      guard case .kept(let document) = extraction.document else { return extraction.document }
      return .kept(forgotten.redacted(document))
    }
  }

  private func note(
    _ extraction: Extraction, of page: ArchivedResponse, counting counts: inout StageCounts
  ) throws {
    if let document = extraction.document.value {
      counts[.node].keep(document.texts.count)
      counts[.image].keep(document.images.count)
    }
    for node in extraction.dropped {
      let unit: StageCounts.Unit = node.isImage ? .image : .node
      counts[unit].drop(node.reason.code)
      try writer.record(
        .decision(
          .init(unit: unit, subject: .record(page.id), path: node.path, reason: node.reason)))
    }
  }
}

extension InterleavedDocument {
  /// The document's row of the ledger.
  fileprivate var row: DocumentRow {
    DocumentRow(
      id: id, url: url, domain: WebURL(parsing: url)?.host ?? "", title: title,
      language: language, nodes: nodes.count, images: images.count,
      characters: texts.reduce(0) { $0 + $1.text.count })
  }
}
